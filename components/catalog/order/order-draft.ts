import type { Product } from "@/lib/catalog/schemas";
import { MAX_CARDS_PER_ORDER } from "@/lib/orders/schemas";
import { formatFace, parseAmount } from "../../format/money";

/** What stands in the order form, as typed. */
export interface OrderDraft {
  face: string;
  quantity: string;
  reference: string;
  urgent: boolean;
}

export interface CheckedDraft {
  faceMinor: number | null;
  quantity: number | null;
  faceProblem: string | undefined;
  quantityProblem: string | undefined;
}

type Limits = Pick<Product, "faceMin" | "faceMax" | "stock">;

/** Bamboo's limit of one order, or what is left of the product. */
export function maxQuantity({ stock }: Pick<Product, "stock">): number {
  return Math.min(MAX_CARDS_PER_ORDER, stock ?? MAX_CARDS_PER_ORDER);
}

/** Reads a draft against the product's limits; a problem is a sentence that names the limit. */
export function checkDraft(product: Limits, draft: OrderDraft): CheckedDraft {
  const { faceMin, faceMax } = product;
  const faceMinor = parseAmount(draft.face, faceMin.currency);
  const faceFits = faceMinor !== null && faceMinor >= faceMin.amountMinor && faceMinor <= faceMax.amountMinor;
  const quantity = /^\d{1,6}$/.test(draft.quantity.trim()) ? Number(draft.quantity) : null;
  const most = maxQuantity(product);
  const quantityFits = quantity !== null && quantity >= 1 && quantity <= most;
  return {
    faceMinor: faceFits ? faceMinor : null,
    quantity: quantityFits ? quantity : null,
    faceProblem: faceFits ? undefined : `Enter an amount from ${formatFace(faceMin)} to ${formatFace(faceMax)}.`,
    quantityProblem: quantityFits ? undefined : quantitySentence(product.stock, most),
  };
}

function quantitySentence(stock: number | null, most: number): string {
  if (stock !== null && stock <= most) return `Enter a whole number from 1 to ${most}: that is all the stock there is.`;
  return `Enter a whole number from 1 to ${most}. Split larger amounts over several orders.`;
}
