import type { Order } from "@/lib/orders/schemas";
import { isFinal } from "@/lib/orders/states.shared";
import { formatAhead } from "../format/time";

export type Outlook = Pick<Order, "status" | "expected" | "waitsFor" | "waitsForProduct">;

/** When an open order is expected, as words; null where nothing is known or nothing is to come. */
export function expectedWords({ status, expected }: Outlook, nowMs: number): string | null {
  if (isFinal(status) || expected === null) return null;
  return `Expected ${formatAhead(expected.from, expected.by, nowMs)}`;
}

/** Why it waits longer than its turn, or why there is no estimate; null where the state's own words say it all. */
export function waitWords({ waitsFor, waitsForProduct }: Outlook): string | null {
  switch (waitsFor) {
    case "product":
      return `${waitsForProduct ?? "A product of it"} is in demand, and the supplier sells it only a few times a minute. Your order goes with its next purchase.`;
    case "supplier_silent":
      return "There is no estimate until the supplier answers again.";
    case "not_learned":
      return "There is no estimate yet: too few orders were bought lately to tell.";
    case "overdue":
      return "It takes longer than orders did lately. We keep at it; there is nothing for you to do.";
    case "turn":
    case "delivery":
    case "confirmation":
    case null:
      return null;
  }
}
