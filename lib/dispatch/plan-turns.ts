import { z } from "zod";

/**
 * Whose turn it is, kept between plans; losing it is harmless. `deficits`, by lane and partner, are the cards that a partner may have
 * before the others, or has had before them where negative. `next` is the partner with whom a lane goes on. `owed` are the lines at which
 * a plan had to stop for want of room, oldest first: the first of them that can goes first.
 */
export const turnsSchema = z.object({
  deficits: z.record(z.string(), z.number()),
  next: z.object({ urgent: z.string().nullable(), normal: z.string().nullable() }),
  owed: z.array(z.string()),
});

export type Turns = z.infer<typeof turnsSchema>;

export const FRESH_TURNS: Turns = { deficits: {}, next: { urgent: null, normal: null }, owed: [] };
