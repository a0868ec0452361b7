import { z } from "zod";
import { isoTime } from "../money.schemas";

/** An interval that is meant to hold nine in ten. */
export const intervalSchema = z.object({ from: isoTime, by: isoTime });
export type Interval = z.infer<typeof intervalSchema>;

/** What an open order waits for: its turn, a product that may be bought only so often, the cards themselves. */
export const WAITS_FOR = ["turn", "product", "delivery"] as const;
/** Why nothing honest can be said: the supplier takes no orders, too little was seen yet, it takes longer than anything lately. */
export const NO_ESTIMATE = ["supplier_silent", "not_learned", "overdue"] as const;
