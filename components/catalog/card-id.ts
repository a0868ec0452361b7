import type { OpenDrawer } from "./use-catalog-url";

export const brandCardId = (brandId: string): string => `brand-${brandId}`;
export const productCardId = (productId: number): string => `product-${productId}`;

/** The card that a drawer was opened from, where it is on the page: the product's in one view, the brand's in the other. */
export function cardOf({ brand, product }: OpenDrawer): HTMLElement | null {
  return (
    (product === null ? null : document.getElementById(productCardId(product))) ??
    (brand === null ? null : document.getElementById(brandCardId(brand)))
  );
}
