import { generateBrands } from "./generate";
import { buildSandboxBrand } from "./sandbox-brand";
import { serialiseBrand } from "./serialise";
import type { Brand, Product } from "./types";

/** 351 brands with the sandbox's own, some 8,600 products. */
export const DEFAULT_BRANDS = 350;

export interface ProductChange {
  count?: number | null | undefined;
  priceMin?: number | undefined;
  priceMax?: number | undefined;
  orderable?: boolean | undefined;
  name?: string | undefined;
  unlisted?: boolean | undefined;
  status?: string | undefined;
}

/** All brands and products, with each brand's JSON kept ready: a full read must not hold up a checkout. */
export class Catalog {
  readonly brands: readonly Brand[];
  private readonly products = new Map<number, Product>();
  private readonly brandsById = new Map<number, Brand>();
  private readonly brandsBySku = new Map<string, Brand>();
  private readonly wire = new Map<number, Buffer>();
  private whole: Buffer | null = null;
  /** Products that differ from what the seed gives; a snapshot keeps only these. */
  readonly changed = new Set<number>();

  constructor(
    options: { seed: number; brands: number },
    private readonly assetsUrl: () => string,
  ) {
    this.brands = [buildSandboxBrand(), ...generateBrands(options)];
    for (const brand of this.brands) {
      this.brandsById.set(brand.id, brand);
      this.brandsBySku.set(brand.sku, brand);
      for (const product of brand.products) this.products.set(product.id, product);
    }
  }

  /** The brands a client sees: an inactive one is only in the list of brands. */
  get live(): Brand[] {
    return this.brands.filter((brand) => brand.status === "Live");
  }

  get productCount(): number {
    return this.products.size;
  }

  product(id: number): Product | undefined {
    return this.products.get(id);
  }

  brand(id: number): Brand | undefined {
    return this.brandsById.get(id);
  }

  brandOf(product: Product): Brand {
    const brand = this.brandsById.get(product.brandId);
    if (!brand) throw new Error(`Product ${product.id} names brand ${product.brandId}, which does not exist.`);
    return brand;
  }

  /** What that SKU sells at that face value (in units): the fixed card first, else the range that holds it. */
  bySku(sku: string, face: number): { brand: Brand; product: Product | undefined } | null {
    const brand = this.brandsBySku.get(sku.toUpperCase());
    if (!brand) return null;
    const fits = brand.products.filter((product) => product.minFace <= face && face <= product.maxFace);
    return { brand, product: fits.find((product) => product.minFace === product.maxFace) ?? fits[0] };
  }

  /** Changes stock or price; `atMs` becomes the modified date unless only the stock moved by a sale (null). */
  change(id: number, change: ProductChange, atMs: number | null): void {
    const product = this.products.get(id);
    if (!product) return;
    if (change.count !== undefined) product.count = change.count;
    product.priceMin = change.priceMin ?? product.priceMin;
    product.priceMax = change.priceMax ?? product.priceMax;
    product.orderable = change.orderable ?? product.orderable;
    product.name = change.name ?? product.name;
    if (change.unlisted !== undefined) product.unlisted = change.unlisted;
    if (change.status !== undefined) product.status = change.status;
    if (atMs !== null) product.modifiedAtMs = atMs;
    this.changed.add(id);
    this.wire.delete(product.brandId);
    this.whole = null;
  }

  brandJson(brand: Brand): Buffer {
    const ready = this.wire.get(brand.id);
    if (ready) return ready;
    const made = Buffer.from(serialiseBrand(brand, { assetsUrl: this.assetsUrl() }));
    this.wire.set(brand.id, made);
    return made;
  }

  /** The whole v1 catalogue. After one sale only that brand is written anew. */
  wholeJson(): Buffer {
    this.whole ??= joinJson(
      '{"brands":[',
      this.live.map((brand) => this.brandJson(brand)),
      "]}",
    );
    return this.whole;
  }
}

/** One JSON array out of parts that are JSON already. */
export function joinJson(head: string, parts: readonly Buffer[], tail: string): Buffer {
  const comma = Buffer.from(",");
  const pieces: Buffer[] = [Buffer.from(head)];
  parts.forEach((part, index) => {
    if (index > 0) pieces.push(comma);
    pieces.push(part);
  });
  pieces.push(Buffer.from(tail));
  return Buffer.concat(pieces);
}
