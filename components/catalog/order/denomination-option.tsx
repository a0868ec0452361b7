import type { Product } from "@/lib/catalog/schemas";
import { formatDiscount } from "../../format/discount";
import { formatFaceRange } from "../../format/money";
import { cn } from "../../ui/cn";
import { Money } from "../../ui/money";
import { UNAVAILABLE_LABELS } from "../unavailable";

interface Props {
  product: Product;
  /** Whether the product's name is what tells it from the others. */
  named: boolean;
  chosen: boolean;
  onChoose: () => void;
}

/** One card to choose, with its face value, price and discount; what cannot be ordered says why instead. */
export function DenominationOption({ product, named, chosen, onChoose }: Props) {
  const { kind, unavailable } = product;
  const face = formatFaceRange(product.faceMin, product.faceMax);
  return (
    <label
      className={cn(
        "relative rounded-lg border border-line-strong/60 px-3 py-2 transition-colors hover:border-line-strong",
        "has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2",
        unavailable && "border-dashed bg-subtle text-muted",
        named ? "flex items-baseline justify-between gap-x-4" : "grid content-start",
        kind === "range" && !named && "col-span-full",
      )}
    >
      <input
        type="radio"
        name="denomination"
        checked={chosen}
        disabled={unavailable !== null}
        onChange={onChoose}
        className="absolute inset-0 m-0 cursor-pointer opacity-0 disabled:cursor-not-allowed"
      />
      <span className="min-w-0">
        {named ? (
          <>
            <span className="font-medium">{product.name}</span>{" "}
            <span className="whitespace-nowrap text-muted text-sm">{face}</span>
          </>
        ) : (
          <span className="font-semibold">{kind === "range" ? `Any amount, ${face}` : face}</span>
        )}
      </span>
      <span className={cn("text-sm", named && "shrink-0")}>
        {unavailable ? UNAVAILABLE_LABELS[unavailable] : <Price product={product} />}
      </span>
    </label>
  );
}

function Price({ product: { kind, priceMin, priceMax, discountBasisPoints } }: { product: Product }) {
  const from = priceMin ?? priceMax;
  if (!from) return null;
  return (
    <span className="flex flex-wrap gap-x-2">
      <span>
        {kind === "range" ? "from " : ""}
        <Money money={from} />
      </span>
      {discountBasisPoints === null ? null : (
        <span className={discountBasisPoints > 0 ? "text-success" : "text-muted"}>{formatDiscount(discountBasisPoints)}</span>
      )}
    </span>
  );
}
