import { z } from "zod";
import { isoTime } from "../money.schemas";

export const cardSchema = z.object({
  id: z.string(),
  orderLineId: z.string(),
  /** The last four characters; the rest only through a reveal. */
  lastFour: z.string(),
  expiresAt: z.string().nullable(),
  revealedAt: isoTime.nullable(),
});
export type CardView = z.infer<typeof cardSchema>;

/** POST /api/v1/cards/{id}/reveals: the only answer that ever holds a code. */
export const revealSchema = z.object({
  cardId: z.string(),
  code: z.string(),
  pin: z.string().nullable(),
  serialNumber: z.string().nullable(),
  expiresAt: z.string().nullable(),
  revealedAt: isoTime,
});
export type Reveal = z.infer<typeof revealSchema>;
