import { z } from "zod";
import { moneySchema } from "../money.schemas";

/** GET /api/v1/wallets: available is spendable now; held is reserved for orders in flight. */
export const walletSchema = z.object({
  currency: z.string(),
  available: moneySchema,
  held: moneySchema,
  creditLimit: moneySchema,
});
export const walletsSchema = z.object({ items: z.array(walletSchema) });
export type Wallet = z.infer<typeof walletSchema>;
