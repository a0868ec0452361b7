import type { BrandDetail, Product, ProductDetail } from "@/lib/catalog/schemas";

interface Known {
  brand: BrandDetail | undefined;
  /** Null: the brand as such was asked for. */
  productId: number | null;
  /** The product as it was read by itself. */
  single: ProductDetail | undefined;
  /** The product as the brand listed it last, while the single one is read. */
  before: Product | undefined;
}

/** The brand with the named product among its denominations; null where the named product is not known, whatever else is. */
export function shelfOf({ brand, productId, single, before }: Known): BrandDetail | null {
  if (productId === null || brand?.products.some(({ id }) => id === productId)) return brand ?? null;
  const product = [single, before].find((known) => known?.id === productId);
  if (brand && product) return { ...brand, products: [...brand.products, product] };
  return single && product ? { ...single, ...single.brand, currency: single.faceMin.currency, products: [single] } : null;
}
