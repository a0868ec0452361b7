import type { Product } from "@/lib/catalog/schemas";
import { formatDiscount } from "../format/discount";
import { Money } from "../ui/money";

/** The partner's price of one card: one amount, or from the smallest face value on for a range. */
export function PriceRange({ product }: { product: Product }) {
  const { kind, priceMin } = product;
  if (!priceMin) return <span className="font-normal text-faint">None yet</span>;
  return (
    <>
      {kind === "range" ? <span className="font-normal text-faint">from </span> : null}
      <Money money={priceMin} />
    </>
  );
}

export function Discount({ basisPoints }: { basisPoints: number | null }) {
  if (basisPoints === null) return <span className="text-faint">–</span>;
  return <span className={basisPoints > 0 ? "font-medium text-success" : "text-muted"}>{formatDiscount(basisPoints)}</span>;
}
