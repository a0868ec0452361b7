import type { OrderState } from "@/lib/orders/states.shared";
import { magicProducts } from "@/local/bamboo/magic";

export interface Scenario {
  name: string;
  lines: readonly { productId: number; quantity: number }[];
  /** How far the order has come, with nobody dying, when the process to be killed takes over. */
  from: "nothing" | "accepted" | "bought";
  does: "order" | "cancel" | "follow";
  /** A product that the supplier refuses at this time. */
  refuses?: number;
  /**
   * Dies only from this checkout to that one (counted from 1), both included: what is before and after is another scenario's. Null is the
   * end.
   */
  checkouts?: readonly [first: number, last: number | null];
  /** What may become of the order, wherever the process died. */
  ends: readonly OrderState[];
}

const { instant, partialFailure, acceptsThenCuts, anyAmount } = magicProducts;

/** Whoever dies between the request and the note of its refusal leaves a request that may arrive yet; in these tests it does. */
const ARRIVED_LATE: readonly OrderState[] = ["completed"];

export const SCENARIOS: readonly Scenario[] = [
  {
    name: "an order, from its acceptance to its cards",
    lines: [{ productId: instant.id, quantity: 2 }],
    from: "nothing",
    does: "order",
    ends: ["completed"],
  },
  {
    name: "a cancel",
    lines: [
      { productId: instant.id, quantity: 1 },
      { productId: partialFailure.id, quantity: 1 },
    ],
    from: "accepted",
    does: "cancel",
    // Whoever dies before the cancel is written has not cancelled, and of two cards one cannot be had.
    ends: ["cancelled", "partially_completed"],
  },
  {
    name: "a purchase of which a part is delivered",
    lines: [
      { productId: partialFailure.id, quantity: 3 },
      { productId: instant.id, quantity: 1 },
    ],
    from: "bought",
    does: "follow",
    ends: ["partially_completed"],
  },
  {
    name: "a purchase whose answer is lost",
    lines: [{ productId: acceptsThenCuts.id, quantity: 2 }],
    checkouts: [1, null],
    from: "accepted",
    does: "follow",
    ends: ["completed"],
  },
  {
    name: "a purchase that is refused",
    lines: [{ productId: anyAmount.id, quantity: 2 }],
    refuses: anyAmount.id,
    checkouts: [1, null],
    from: "accepted",
    does: "follow",
    ends: ["failed", ...ARRIVED_LATE],
  },
  {
    name: "a refusal of two products, which then travel apart",
    lines: [
      { productId: instant.id, quantity: 1 },
      { productId: anyAmount.id, quantity: 1 },
    ],
    refuses: anyAmount.id,
    checkouts: [1, 2],
    from: "accepted",
    does: "follow",
    ends: ["partially_completed", ...ARRIVED_LATE],
  },
];
