import type { MoneyView } from "@/lib/money.schemas";
import type { OrderState } from "@/lib/orders/states.shared";
import { formatMoney } from "../format/money";
import { formatCount, formatOrdinal } from "../format/number";

export interface Progress {
  status: OrderState;
  position: number | null;
  cards: number;
  delivered: number;
  returned: MoneyView;
}

/** Where an order stands, in one line: "Queued · 3rd in line", "7 of 10 delivered, 30.00 USD returned". */
export function statusSentence({ status, position, cards, delivered, returned }: Progress): string {
  const count = `${formatCount(delivered)} of ${formatCount(cards)} delivered`;
  const back = returned.amountMinor > 0 ? `${formatMoney(returned)} returned` : null;
  switch (status) {
    case "queued":
      return position === null ? "Queued" : `Queued · ${placeInLine(position)}`;
    case "processing":
      return delivered > 0 ? `Processing · ${count}` : "Processing";
    case "confirming":
      return "Confirming with supplier";
    case "completed":
      return `Completed · ${count}`;
    case "partially_completed":
      return back ? `${count}, ${back}` : count;
    case "failed":
      return back ? `Failed · ${back}` : "Failed";
    case "cancelled":
      return back ? `Cancelled · ${back}` : "Cancelled";
  }
}

/** Beyond it the server does not count. */
const LAST_COUNTED = 1_000;

function placeInLine(position: number): string {
  if (position === 1) return "next in line";
  return position > LAST_COUNTED ? `${formatCount(LAST_COUNTED)} or more ahead` : `${formatOrdinal(position)} in line`;
}

/**
 * What the state means for the person who waits, or null where the first line says it all. `happened` are the kinds of the timeline's
 * entries.
 */
export function statusMeaning(status: OrderState, happened: readonly string[]): string | null {
  switch (status) {
    case "queued":
      return supplierIsSilent(happened)
        ? "The supplier is not answering. Your order keeps its place and goes on by itself when it does. You can still cancel it, free of charge."
        : "Waiting for its turn with the supplier. You can still cancel it, free of charge.";
    case "processing":
      if (happened.includes("placed")) return "The supplier has the order. Cards appear here as they are delivered.";
      return happened.includes("delayed")
        ? "The supplier cannot take our orders at the moment. Yours keeps its place and is tried again; your money stays held."
        : "On its way to the supplier. Cards appear here as they are delivered.";
    case "confirming":
      return "The supplier has not answered clearly yet, so we keep asking. Your money stays held and nothing is bought twice; there is nothing for you to do.";
    case "partially_completed":
      return "The supplier could not deliver every card. You paid only for those below.";
    case "failed":
      return "Nothing was delivered and you paid nothing. The reason stands at each line.";
    case "completed":
    case "cancelled":
      return null;
  }
}

/** What the timeline said last about the supplier still holds. */
const supplierIsSilent = (happened: readonly string[]): boolean =>
  happened.findLast((kind) => kind.startsWith("supplier_")) === "supplier_wait";
