import { z } from "zod";

/** An amount as the API shows it: integer minor units with the currency, e.g. `{ amountMinor: 1250, currency: "USD" }` is 12.50 USD. */
export const moneySchema = z.object({ amountMinor: z.number().int(), currency: z.string().length(3) });
export type MoneyView = z.infer<typeof moneySchema>;

export const isoTime = z.iso.datetime();
