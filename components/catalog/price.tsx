import type { Product } from "@/lib/catalog/schemas";
import type { MoneyView } from "@/lib/money.schemas";
import { formatDiscount } from "../format/discount";
import { formatFace, formatFaceRange } from "../format/money";
import { Money } from "../ui/money";

/** The partner's price of one card: one amount, or from the smallest face value on for a range. */
export function PriceRange({ product }: { product: Product }) {
  const { kind, priceMin, priceMax } = product;
  // Of a range perhaps only the larger cards can be sold.
  const from = priceMin ?? priceMax;
  if (!from) return <span className="font-normal text-faint">None yet</span>;
  return (
    <>
      {kind === "range" ? <span className="font-normal text-faint">from </span> : null}
      <Money money={from} />
    </>
  );
}

export function Discount({ basisPoints }: { basisPoints: number | null }) {
  if (basisPoints === null) return <span className="text-faint">–</span>;
  return <span className={basisPoints > 0 ? "font-medium text-success" : "text-muted"}>{formatDiscount(basisPoints)}</span>;
}

/** "10 – 500 EUR"; where that is too long it breaks after the dash. */
export function FaceRange({ min, max }: { min: MoneyView; max: MoneyView }) {
  if (min.amountMinor === max.amountMinor) return formatFace(min);
  const [from, to] = formatFaceRange(min, max).split("–");
  return (
    <>
      <span className="whitespace-nowrap">{from?.trim()} –</span> <span className="whitespace-nowrap">{to?.trim()}</span>
    </>
  );
}
