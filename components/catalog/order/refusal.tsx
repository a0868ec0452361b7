import { reasonSentence } from "@/lib/catalog/reasons.shared";
import type { Product } from "@/lib/catalog/schemas";
import { Notice } from "../../ui/notice";
import { RefreshTimes } from "../refresh-times";
import { UNAVAILABLE_LABELS } from "../unavailable";

interface Props {
  product: Product;
  freshness: { asOf: string | null; nextRefreshAt: string };
  mayPlace: boolean;
}

/** Why this cannot be ordered, and what to do; nothing where it can. */
export function Refusal({ product, freshness, mayPlace }: Props) {
  if (product.unavailable !== null) {
    return (
      <Notice tone="warning">
        <strong className="font-semibold">{UNAVAILABLE_LABELS[product.unavailable]}.</strong>{" "}
        {reasonSentence(product.name, product.unavailable)}
        <span className="mt-1 block">
          Catalogue: <RefreshTimes freshness={freshness} />.
        </span>
      </Notice>
    );
  }
  if (mayPlace) return null;
  return <Notice tone="info">Your role may look but not order. Ask an owner of your team for the role of buyer.</Notice>;
}
