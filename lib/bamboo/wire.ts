import { z } from "zod";

/** What Bamboo sends, as leniently as its quirks need: numbers or strings for ids, nulls and missing fields, either casing of a page index. */
/** Never from null or an empty text, which would all become the id 0. */
const idNumber = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).pipe(z.number().int());
const decimal = z.union([z.number(), z.string()]).transform(String);
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);

const wireProduct = z.object({
  id: idNumber,
  name: z.string(),
  minFaceValue: decimal,
  maxFaceValue: decimal,
  count: z.number().nullish(),
  price: z.object({ min: decimal, max: decimal, currencyCode: z.string() }),
  isDeleted: z.boolean().optional(),
});

export const wireBrand = z.object({
  internalId: z.coerce.string(),
  name: z.string(),
  countryCode: text,
  currencyCode: z.string(),
  description: text,
  redemptionInstructions: text,
  terms: text,
  logoUrl: text,
  products: z.array(wireProduct).nullish(),
  categories: z.array(z.union([z.object({ id: idNumber, name: z.string() }), z.string()])).nullish(),
});
export type WireBrand = z.infer<typeof wireBrand>;

export const wireCatalogPage = z.object({ count: z.number().int(), pageSize: z.number().int(), items: z.array(wireBrand) });

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
