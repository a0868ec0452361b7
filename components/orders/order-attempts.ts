import { z } from "zod";
import { type PlaceOrderInput, placeOrderInput } from "@/lib/orders/schemas";

/** The part of the browser's storage that is used: `sessionStorage`, which a reload keeps and another tab does not share. */
export type AttemptStore = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const storedAttempt = z.object({ key: z.string().min(1), atMs: z.number(), body: placeOrderInput });
export type Attempt = z.infer<typeof storedAttempt>;

/** Far less than the server remembers a key, far more than anyone waits to try again. */
const KEPT_MS = 24 * 60 * 60 * 1_000;

/**
 * The key and body to send for an order from `form`, written down before anything is sent. A repeat of the same lines,
 * reference and lane gets the earlier key with the earlier body (a price that moved meanwhile must not make it another request);
 * anything else gets a new key.
 */
export function attemptFor(
  store: AttemptStore,
  form: string,
  body: PlaceOrderInput,
  nowMs: number,
  newKey: () => string,
): Attempt {
  const earlier = unsettledAttempt(store, form, nowMs);
  if (earlier && wanted(earlier.body) === wanted(body)) return earlier;
  const attempt = { key: newKey(), atMs: nowMs, body };
  store.setItem(storageName(form), JSON.stringify(attempt));
  return attempt;
}

/** The last attempt from `form` whose result this tab has not seen, or null. */
export function unsettledAttempt(store: AttemptStore, form: string, nowMs: number): Attempt | null {
  const text = store.getItem(storageName(form));
  if (text === null) return null;
  const attempt = storedAttempt.safeParse(parseJson(text));
  return attempt.success && nowMs - attempt.data.atMs < KEPT_MS ? attempt.data : null;
}

/** Call when the result is known: placed, or definitely refused. */
export function settleAttempt(store: AttemptStore, form: string): void {
  store.removeItem(storageName(form));
}

const storageName = (form: string): string => `steller.attempt.${form}`;

function wanted({ lines, reference, lane = "normal" }: PlaceOrderInput): string {
  return JSON.stringify([lines.map((line) => [line.productId, line.faceMinor, line.quantity]), reference ?? "", lane]);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Written by an older version or by hand: as good as absent.
    return null;
  }
}
