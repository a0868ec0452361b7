import type { Product } from "@/lib/catalog/schemas";
import { countryName } from "../format/country";
import { formatFaceRange } from "../format/money";
import { Badge } from "../ui/badge";
import { BrandLogo } from "../ui/brand-logo";
import { cn } from "../ui/cn";
import { Discount, PriceRange } from "./price";
import { UNAVAILABLE } from "./unavailable";

interface Props {
  product: Product;
  onOpen: () => void;
}

/** The whole card is one button by way of its name; what cannot be ordered can still be read. */
export function ProductCard({ product, onOpen }: Props) {
  const { brand, name, unavailable } = product;
  return (
    <li className="relative flex flex-col rounded-xl border bg-surface shadow-raised transition-colors focus-within:border-accent hover:border-line-strong">
      <div className="flex items-start gap-3 px-4 pt-4 pb-3">
        <BrandLogo name={brand.name} logoUrl={brand.logoUrl} className={cn("size-11", unavailable && "grayscale")} />
        <div className="min-w-0 flex-1">
          <h2 className={cn("line-clamp-2 font-medium leading-snug", unavailable && "text-muted")}>
            <button
              type="button"
              onClick={onOpen}
              className="text-start outline-none after:absolute after:inset-0 after:rounded-xl focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:outline-offset-2"
            >
              {name}
            </button>
          </h2>
          <p className="mt-0.5 truncate text-faint text-sm">
            {brand.name}
            {brand.countryCode ? ` · ${countryName(brand.countryCode)}` : ""}
          </p>
        </div>
        {unavailable ? <Badge tone="neutral">{UNAVAILABLE[unavailable].label}</Badge> : null}
      </div>
      <dl className="mt-auto grid grid-cols-[1.1fr_1.3fr_0.9fr] gap-2 border-t px-4 py-2.5 text-sm">
        <div>
          <dt className="text-faint text-xs">Face value</dt>
          <dd className="mt-0.5">{formatFaceRange(product.faceMin, product.faceMax)}</dd>
        </div>
        <div>
          <dt className="text-faint text-xs">Your price</dt>
          <dd className="mt-0.5 font-semibold">
            <PriceRange product={product} />
          </dd>
        </div>
        <div className="text-end">
          <dt className="text-faint text-xs">Discount</dt>
          <dd className="mt-0.5">
            <Discount basisPoints={product.discountBasisPoints} />
          </dd>
        </div>
      </dl>
    </li>
  );
}
