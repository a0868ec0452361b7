import type { WaitedChange } from "./breaker-entries";

/** As `timelineEntrySchema` of orders has it: `title` and `detail` are for the partner, `kind` is for a program. */
export interface BreakerEntry {
  id: string;
  at: string;
  kind: "supplier_wait" | "supplier_answers";
  title: string;
  detail: string;
}

/** A change of the breaker in the words of the partner whose order waited. An order may be cancelled until it is claimed. */
export function breakerEntry({ id, endpoint, change, at }: WaitedChange, claimedAt: Date | null): BreakerEntry {
  const entry = { id: `breaker-${id}`, at: at.toISOString() };
  if (change === "closed") {
    return { ...entry, kind: "supplier_answers", title: "Supplier answers again", detail: WORDS[endpoint].back };
  }
  const claimed = claimedAt !== null && claimedAt <= at;
  const detail = endpoint === "placeOrder" && !claimed ? WORDS.placeOrder.cancellable : WORDS[endpoint].waits;
  return { ...entry, kind: "supplier_wait", title: "Supplier is not answering", detail };
}

const WORDS = {
  placeOrder: {
    cancellable: "Your order waits and can be cancelled. It goes on by itself when the supplier answers again.",
    waits: "Your order waits with your money held. It goes on by itself when the supplier answers again.",
    back: "Your order goes on.",
  },
  getOrder: {
    waits: "Your order was placed, and its result waits. Nothing is bought twice, and nothing is lost.",
    back: "The result of your order is read next.",
  },
} as const;
