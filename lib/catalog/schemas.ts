import { z } from "zod";
import { isoTime, moneySchema } from "../money.schemas";
import { pageOf, pageQuery, plainText, searchText } from "../paging.schemas";
import { explanationSchema } from "../pricing/schemas";

/** Why a product cannot be ordered right now, the first that holds; null when it can. */
export const UNAVAILABLE_REASONS = [
  "withdrawn",
  "brand_off",
  "not_allowed",
  "inactive",
  "out_of_stock",
  "stale_catalogue",
  "stale_rates",
  "no_price",
  "below_cost",
] as const;
export type UnavailableReason = (typeof UNAVAILABLE_REASONS)[number];

const brandRef = z.object({
  id: z.string(),
  name: z.string(),
  /** A path of ours that shows the picture; null: there is none. */
  logoUrl: z.string().nullable(),
  countryCode: z.string().nullable(),
});
const categoryRef = z.object({ id: z.number().int(), name: z.string() });

export const productSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  brand: brandRef,
  categories: z.array(categoryRef),
  kind: z.enum(["fixed", "range"]),
  faceMin: moneySchema,
  faceMax: moneySchema,
  /** The partner's price of one card at `faceMin` and `faceMax`; null where no price can be made. */
  priceMin: moneySchema.nullable(),
  priceMax: moneySchema.nullable(),
  /** Off the face value in the partner's currency, in basis points (300 = 3 %); negative is a mark-up. */
  discountBasisPoints: z.number().int().nullable(),
  /** Cards the supplier says it has; null is unlimited. */
  stock: z.number().int().nullable(),
  unavailable: z.enum(UNAVAILABLE_REASONS).nullable(),
});
export type Product = z.infer<typeof productSchema>;

/** How old what is shown is. */
const freshness = {
  /** When the last full read of the catalogue began; null before the first. */
  asOf: isoTime.nullable(),
  nextRefreshAt: isoTime,
};

const MAX_BRAND_ID_LENGTH = 40;
/** The supplier's ids of brands. */
export const brandIdSchema = plainText(MAX_BRAND_ID_LENGTH);
/** What the database's `integer` holds. */
const MAX_CATEGORY_ID = 2_147_483_647;

/** What lists of products and of brands are narrowed by. Prices are in the partner's currency, face values in `currency`. */
const narrowing = {
  search: searchText.optional(),
  category: z.coerce
    .number()
    .int()
    .min(0)
    .max(MAX_CATEGORY_ID, "There is no such category; choose one of /categories.")
    .optional(),
  country: z
    .string()
    .regex(/^(?:[A-Za-z]{2}|GLC)$/i, "Give the two letters of a country, as in US, or GLC for global.")
    .optional(),
  currency: z
    .string()
    .regex(/^[A-Za-z]{3}$/, "Give the three letters of a currency, as in USD.")
    .optional(),
  inStock: z.stringbool().optional(),
  priceFromMinor: z.coerce.number().int().min(0).optional(),
  priceToMinor: z.coerce.number().int().min(0).optional(),
  faceFromMinor: z.coerce.number().int().min(0).optional(),
  faceToMinor: z.coerce.number().int().min(0).optional(),
};

/** GET /api/v1/catalog/products. A face range needs `currency`, which it is in. */
export const productsQuery = needingCurrency(pageQuery.extend({ ...narrowing, brand: brandIdSchema.optional() }));
export const productsPage = pageOf(productSchema).extend({
  ...freshness,
  /** True: nothing has the words as typed, these come near. */
  approximate: z.boolean(),
});
export type ProductsPage = z.infer<typeof productsPage>;

export const brandSchema = brandRef.extend({
  /** Of the face values. */
  currency: z.string(),
  categories: z.array(categoryRef),
  /** Denominations that fit the filters, and how many of them can be ordered. */
  products: z.number().int(),
  orderable: z.number().int(),
  faceMin: moneySchema,
  faceMax: moneySchema,
  /** The lowest price of a card that can be ordered; null where none can. */
  priceFrom: moneySchema.nullable(),
  /** The best of those that can be ordered. */
  discountBasisPoints: z.number().int().nullable(),
  /** Why none can be ordered: the reason of the first; null where one can. */
  unavailable: z.enum(UNAVAILABLE_REASONS).nullable(),
});
export type Brand = z.infer<typeof brandSchema>;

/** GET /api/v1/catalog/brands: brands with a product that fits. */
export const brandsQuery = needingCurrency(pageQuery.extend(narrowing));
export const brandsPage = pageOf(brandSchema).extend({ ...freshness, approximate: z.boolean() });
export type BrandsPage = z.infer<typeof brandsPage>;

/** GET /api/v1/catalog/brands/{id}: its denominations by face value; texts are the supplier's and untrusted: plain text, never HTML. */
export const brandDetailSchema = brandRef.extend({
  currency: z.string(),
  categories: z.array(categoryRef),
  description: z.string().nullable(),
  redemptionInstructions: z.string().nullable(),
  terms: z.string().nullable(),
  products: z.array(productSchema),
  ...freshness,
});
export type BrandDetail = z.infer<typeof brandDetailSchema>;

/** GET /api/v1/catalog/products/{id}; texts as in a brand. */
export const productDetailSchema = productSchema.extend({
  description: z.string().nullable(),
  redemptionInstructions: z.string().nullable(),
  terms: z.string().nullable(),
  /** Of `priceMin`. */
  explanation: explanationSchema.nullable(),
  ...freshness,
});
export type ProductDetail = z.infer<typeof productDetailSchema>;

/** GET /api/v1/catalog/products/{id}/price?faceMinor=&quantity=: what an order of it would cost now, to the cent. */
export const priceQuery = z.object({
  faceMinor: z.coerce.number().int().positive(),
  quantity: z.coerce.number().int().min(1).max(500).default(1),
});
export const priceSchema = z.object({
  productId: z.number().int(),
  face: moneySchema,
  quantity: z.number().int(),
  unitPrice: moneySchema.nullable(),
  total: moneySchema.nullable(),
  discountBasisPoints: z.number().int().nullable(),
  explanation: explanationSchema.nullable(),
  unavailable: z.enum(UNAVAILABLE_REASONS).nullable(),
  /** One sentence where it cannot be ordered like this, such as a quantity beyond the stock. */
  problem: z.string().nullable(),
});
export type PriceView = z.infer<typeof priceSchema>;

/** GET /api/v1/catalog/categories and /countries: those with a product, and how many. */
export const categoriesSchema = z.object({
  items: z.array(categoryRef.extend({ products: z.number().int() })),
  ...freshness,
});
export const countriesSchema = z.object({
  items: z.array(z.object({ code: z.string(), products: z.number().int() })),
  ...freshness,
});

/** GET /api/v1/catalog/filters: the values that filters may take, with how many products each holds. */
export const filtersSchema = z.object({
  categories: z.array(z.object({ id: z.number().int(), name: z.string(), products: z.number().int() })),
  countries: z.array(z.object({ code: z.string(), products: z.number().int() })),
  currencies: z.array(z.object({ code: z.string(), products: z.number().int() })),
});
export type CatalogFilters = z.infer<typeof filtersSchema>;

function needingCurrency<T extends z.ZodObject<{ currency: z.ZodType; faceFromMinor: z.ZodType; faceToMinor: z.ZodType }>>(
  query: T,
) {
  return query.superRefine((given, context) => {
    const { currency, faceFromMinor, faceToMinor } = given as Record<string, unknown>;
    if (currency === undefined && (faceFromMinor !== undefined || faceToMinor !== undefined))
      context.addIssue({ code: "custom", path: ["currency"], message: "Say the currency that the face values are in." });
  });
}
