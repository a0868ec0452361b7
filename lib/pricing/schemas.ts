import { z } from "zod";

/** Of one partner; who has more rules than this wants categories. What is beyond is neither saved nor read. */
export const MAX_RULES = 1_000;
export const MAX_ALLOWANCES = 500;

/** How a price came about, as far as a partner may know: the supplier's cost stays out. */
export const explanationSchema = z.object({
  /** For a person: "12.13 USD = 10.00 EUR × 1.25, less 3 %, rule: Gaming". */
  text: z.string(),
  rule: z.string(),
  /** One unit of the face's currency in the partner's, as decimal text; null where both are the same. */
  rate: z.string().nullable(),
});
export type Explanation = z.infer<typeof explanationSchema>;
