import { z } from "zod";
import type { Catalog } from "../catalog/catalog";
import { toUnits } from "../money/amount";

/** Numbers may arrive as text: one production client sends them so. */
const numeric = z.union([
  z.number(),
  z
    .string()
    .trim()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
]);
const whole = numeric.refine(Number.isSafeInteger, "must be a whole number");
const MAX_LINES = 1000;

const line = z.object({
  productid: whole.optional(),
  sku: z.string().max(200).optional(),
  quantity: whole.refine((value) => value >= 1, "must be at least 1"),
  value: numeric.refine((value) => value > 0, "must be above 0"),
});

const common = z.object({
  requestid: z.guid(),
  accountid: whole,
  products: z
    .array(line)
    .max(MAX_LINES)
    .nullish()
    .transform((lines) => lines ?? []),
});

const byProductId = common.refine(
  (body) => body.products.every((entry) => entry.productid !== undefined),
  "ProductId is required",
);
const bySku = common.refine(
  (body) => body.products.every((entry) => entry.sku !== undefined && Number.isInteger(entry.value)),
  "Sku and a whole Value are required",
);

export type CheckoutBody = z.infer<typeof common>;

/** The body of a checkout whose keys are in lower case already, or what is wrong with it by field. */
export function parseCheckout(body: unknown, version: 1 | 2): CheckoutBody | { errors: Record<string, string[]> } {
  const parsed = (version === 1 ? byProductId : bySku).safeParse(body);
  if (parsed.success) return parsed.data;
  const errors: Record<string, string[]> = {};
  for (const issue of parsed.error.issues) {
    const path = issue.path.join(".");
    errors[path] = [...(errors[path] ?? []), issue.message];
  }
  return { errors };
}

const looseLine = z.object({ productid: numeric.catch(0), sku: z.string().catch(""), value: numeric.catch(0) });
const looseBody = z.object({ requestid: z.string().catch(""), products: z.array(looseLine).catch([]) });

/** Product ids and RequestId of any body, right or wrong: enough for the rule per product and to find the faults that are meant for it. */
export function namesIn(body: unknown, catalog: Catalog): { productIds: number[]; requestId: string | null } {
  const loose = looseBody.safeParse(body);
  if (!loose.success) return { productIds: [], requestId: null };
  const ids = loose.data.products.map(
    (line) => line.productid || catalog.bySku(line.sku, toUnits(line.value) ?? -1)?.product?.id || 0,
  );
  return { productIds: ids.filter((id) => id > 0), requestId: loose.data.requestid || null };
}
