import { AppError } from "@/lib/errors";
import { violated } from "@/lib/postgres-errors";

/** The refusal, where the database refused to let a wallet go below its limit; undefined for any other failure. */
export function insufficientFunds(cause: unknown): AppError | undefined {
  if (!violated(cause, "ledger_accounts_available")) return undefined;
  return new AppError("insufficient_funds", "The wallet does not cover this. Top it up, or order less.", { cause });
}
