/** One form per product: its attempts do not mix with another's. */
export const orderFormName = (productId: number): string => `order-of-product-${productId}`;
