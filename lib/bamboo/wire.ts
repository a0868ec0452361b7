import { z } from "zod";

/** What Bamboo sends, as leniently as its quirks need: numbers or strings for ids, nulls and missing fields, either casing of a page index. */
/** Never from null or an empty text, which would all become the id 0. */
const idNumber = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).pipe(z.number().int());
const decimal = z.union([z.number(), z.string()]).transform(String);
/** Below it a number writes itself with an exponent. */
const SMALLEST_PLAIN = 1e-6;
/** Decimal text of no more digits than anything sold here has: a longer number is a mistake, and would not fit the tables. */
const price = z
  .union([z.number(), z.string()])
  .transform((value) => (typeof value === "number" && value > 0 && value < SMALLEST_PLAIN ? value.toFixed(20) : String(value)))
  .pipe(z.string().regex(/^\d{1,10}(\.\d{1,20})?$/));
/** Many years of ids, within what the tables hold. */
const categoryId = idNumber.pipe(z.number().min(0).max(2_147_483_647));
const MAX_BRAND_ID_CHARS = 64;
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);

export const wireProduct = z.object({
  id: idNumber,
  name: z.string(),
  minFaceValue: price,
  maxFaceValue: price,
  count: z.number().nullish(),
  price: z.object({ min: price, max: price, currencyCode: z.string() }),
  isDeleted: z.boolean().nullish(),
  status: z.string().nullish(),
});
export type WireProduct = z.infer<typeof wireProduct>;
/** What is left to know of one that does not parse. */
export const wireProductId = z.object({ id: idNumber }).transform(({ id }) => id);

export const wireBrand = z.object({
  // Required: without it all brands would be one.
  internalId: z.union([z.string(), z.number().transform(String)]).pipe(z.string().trim().min(1).max(MAX_BRAND_ID_CHARS)),
  name: z.string(),
  countryCode: text,
  currencyCode: z.string(),
  description: text,
  redemptionInstructions: text,
  terms: text,
  logoUrl: text,
  /** Each by itself: see `readBrands`. */
  products: z.array(z.unknown()).nullish(),
  categories: z.array(z.union([z.object({ id: categoryId, name: z.string() }), z.string()])).nullish(),
});
export type WireBrand = z.infer<typeof wireBrand>;

/** Brands by themselves: see `readBrands`. */
export const wireCatalogPage = z.object({
  count: z.number().int().min(0).max(100_000),
  pageSize: z.number().int().min(1).max(10_000),
  items: z.array(z.unknown()),
});

export const wireRates = z.object({
  baseCurrencyCode: z.string(),
  rates: z.array(z.object({ currencyCode: z.string(), value: decimal })),
});

export const wireOrder = z.object({
  orderId: idNumber,
  requestId: z.string(),
  status: z.string(),
  total: decimal.nullish(),
  currency: z.string().nullish(),
  errorMessage: text,
  items: z
    .array(
      z.object({
        productId: idNumber,
        productFaceValue: decimal,
        quantity: z.number().int(),
        cards: z
          .array(
            z.object({ id: idNumber, serialNumber: text, cardCode: text, pin: text, expirationDate: text, status: z.string() }),
          )
          .nullish(),
      }),
    )
    .nullish(),
});
export type WireOrder = z.infer<typeof wireOrder>;

/** One row per product line of an order. Orders that somebody placed by hand may have no reference, or one that is no RequestId. */
export const wireOrdersReport = z.array(
  z.object({
    orderNumber: z.union([z.string(), z.number()]).transform(String),
    orderDate: text,
    clientReferenceNumber: text,
    productName: text,
    denomination: text,
    quantity: z.number().int(),
    total: decimal.nullish(),
    accountCurrency: z.string(),
    status: z.string(),
  }),
);
export type WireOrdersReport = z.infer<typeof wireOrdersReport>;

export const wireNotification = z.object({
  requestId: z.guid(),
  orderId: idNumber.optional(),
  status: z.string(),
  secretKey: z.string(),
});
