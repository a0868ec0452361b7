import { z } from "zod";
import { type RequestAdjustmentInput, requestAdjustmentInput } from "@/lib/wallet/ledger.schemas";

/** The part of the browser's storage that is used: `sessionStorage`, which a reload keeps and another tab does not share. */
export type AttemptStore = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const stored = z.object({ key: z.string().min(1), body: requestAdjustmentInput });

const NAME = "steller.attempt.adjustment";

/** The key to send with an adjustment, written down before it is sent: a repeat of the same one after a lost answer books it once. */
export function adjustmentKey(store: AttemptStore, body: RequestAdjustmentInput, newKey: () => string): string {
  const earlier = stored.safeParse(parseJson(store.getItem(NAME) ?? ""));
  if (earlier.success && wanted(earlier.data.body) === wanted(body)) return earlier.data.key;
  const key = newKey();
  store.setItem(NAME, JSON.stringify({ key, body }));
  return key;
}

/** Call when the result is known: booked, or definitely refused. */
export function settleAdjustment(store: AttemptStore): void {
  store.removeItem(NAME);
}

const wanted = ({ partnerId, currency, amountMinor, reason }: RequestAdjustmentInput): string =>
  JSON.stringify([partnerId, currency, amountMinor, reason.trim()]);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Nothing there, or written by an older version or by hand: as good as absent.
    return null;
  }
}
