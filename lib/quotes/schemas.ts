import { z } from "zod";
import { isoTime, moneySchema } from "../money.schemas";
import { explanationSchema } from "../pricing/schemas";

export { explanationSchema };

/** Bamboo takes no more in one checkout. */
export const MAX_CARDS_PER_ORDER = 500;
export const MAX_LINES_PER_ORDER = 50;

/** What is to be bought. `faceMinor` is the face value of one card in minor units of the product's own currency. */
export const wantedLines = z
  .array(
    z.strictObject({
      productId: z.number().int().positive(),
      faceMinor: z.number().int().positive(),
      quantity: z.number().int().min(1).max(MAX_CARDS_PER_ORDER),
    }),
    "Say which lines are wanted; with a quote, its own.",
  )
  .min(1, "An order needs at least one line.")
  .max(MAX_LINES_PER_ORDER, `An order holds at most ${MAX_LINES_PER_ORDER} lines; split it.`)
  .superRefine((lines, context) => {
    const cards = lines.reduce((sum, line) => sum + line.quantity, 0);
    if (cards > MAX_CARDS_PER_ORDER) {
      context.addIssue({
        code: "custom",
        message: `An order holds at most ${MAX_CARDS_PER_ORDER} cards, this one has ${cards}; split it.`,
      });
    }
  });
export type WantedLine = z.infer<typeof wantedLines>[number];

/** POST /api/v1/quotes, with an Idempotency-Key as every POST that makes something. */
export const quoteInput = z.strictObject({ lines: wantedLines });
export type QuoteInput = z.infer<typeof quoteInput>;

/** 201 of POST /api/v1/quotes: prices and the exchange rate, held for one order until `expiresAt`. */
export const quoteSchema = z.object({
  id: z.string(),
  lines: z.array(
    z.object({
      productId: z.number().int(),
      productName: z.string(),
      face: moneySchema,
      quantity: z.number().int(),
      unitPrice: moneySchema,
      total: moneySchema,
      explanation: explanationSchema,
    }),
  ),
  total: moneySchema,
  createdAt: isoTime,
  expiresAt: isoTime,
});
export type Quote = z.infer<typeof quoteSchema>;
