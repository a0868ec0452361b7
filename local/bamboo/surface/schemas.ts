import { z } from "zod";
import { faultSchema } from "../faults/rules";
import { endpointNames } from "../limits/policies";

const money = z.number().min(0).max(100_000_000_000);
const ms = z.number().min(0).max(864_000_000_000);

/** The bodies of the control surface; the typed client uses the same. */
export const controlSchemas = {
  fault: faultSchema,
  product: z.object({
    productId: z.number().int(),
    count: z.number().int().min(0).nullable().optional(),
    /** Price at the smallest and largest face value, in the product's price currency. */
    priceMin: money.optional(),
    priceMax: money.optional(),
    orderable: z.boolean().optional(),
    name: z.string().max(1_000).optional(),
    /** Out of the catalogue, or back in it. */
    unlisted: z.boolean().optional(),
    /** Written into the catalogue once it is set: `Live`, or a word that means not sold now. */
    status: z.string().max(40).optional(),
    /** Whether the webhook endpoint hears of it. */
    announce: z.boolean().default(true),
  }),
  account: z.object({
    id: z.number().int(),
    balance: money.optional(),
    isActive: z.boolean().optional(),
    currency: z.string().length(3).optional(),
  }),
  /** Units of the currency for one US dollar; null goes back to the hourly rate. */
  rate: z.object({ currency: z.string().length(3), perUsd: z.number().positive().nullable() }),
  /** 0.5 halves what is allowed and doubles the gap. No endpoint is all of them. */
  limit: z.object({
    endpoint: z.enum([...endpointNames, "product"]).optional(),
    factor: z.number().positive().max(1_000_000),
    forMs: ms,
  }),
  clock: z.object({ advanceMs: ms.optional(), frozen: z.boolean().optional() }),
  webhook: z.object({ url: z.url().nullable(), secret: z.string().startsWith("whsec_").nullable() }),
  rotation: z.object({ secret: z.string().startsWith("whsec_") }),
  announcement: z.object({ productIds: z.array(z.number().int()).min(1).max(1000) }),
  /** Ends an open order: so many cards sold of each line (all, unless told), now or after a while. */
  ending: z.object({ sold: z.array(z.number().int().min(0)).optional(), afterMs: ms.default(0) }),
} as const;
