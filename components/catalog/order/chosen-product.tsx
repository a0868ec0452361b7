import type { Product } from "@/lib/catalog/schemas";
import { formatCount } from "../../format/number";
import { Discount, FaceRange, PriceRange } from "../price";
import { RefreshTimes } from "../refresh-times";

interface Props {
  product: Product;
  freshness: { asOf: string | null; nextRefreshAt: string };
}

/** The product that is chosen: face value, the partner's price and the discount are three things. */
export function ChosenProduct({ product, freshness }: Props) {
  return (
    <div>
      <h3 className="font-medium">{product.name}</h3>
      <dl className="mt-2 grid grid-cols-[1.1fr_1.3fr_0.9fr] gap-3 rounded-xl bg-subtle px-4 py-3">
        <div>
          <dt className="text-faint text-sm">Face value</dt>
          <dd className="mt-0.5">
            <FaceRange min={product.faceMin} max={product.faceMax} />
          </dd>
        </div>
        <div>
          <dt className="text-faint text-sm">Your price</dt>
          <dd className="mt-0.5 font-semibold">
            <PriceRange product={product} />
          </dd>
        </div>
        <div>
          <dt className="text-faint text-sm">Discount</dt>
          <dd className="mt-0.5">
            <Discount basisPoints={product.discountBasisPoints} />
          </dd>
        </div>
      </dl>
      <p className="mt-2 text-faint text-sm">
        {product.stock === null ? "No stock limit" : `${formatCount(product.stock)} in stock`} ·{" "}
        <RefreshTimes freshness={freshness} />
      </p>
    </div>
  );
}
