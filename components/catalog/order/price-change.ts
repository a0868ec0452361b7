import { z } from "zod";
import type { MoneyView } from "@/lib/money.schemas";
import { ApiError } from "../../http/api-error";

const changeData = z.object({ totalMinor: z.number().int(), maxTotalMinor: z.number().int(), currency: z.string() });

export interface PriceChange {
  was: MoneyView;
  now: MoneyView;
}

/** Both prices of an order that was refused because its price moved; null for any other error. */
export function priceChange(error: unknown): PriceChange | null {
  if (!(error instanceof ApiError) || error.problem.code !== "price_changed") return null;
  const data = changeData.safeParse(error.problem.data);
  if (!data.success) return null;
  const { totalMinor, maxTotalMinor, currency } = data.data;
  return { was: { amountMinor: maxTotalMinor, currency }, now: { amountMinor: totalMinor, currency } };
}
