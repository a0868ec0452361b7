import type { ProductDetail } from "@/lib/catalog/schemas";
import { countryName } from "../format/country";
import { formatFaceRange } from "../format/money";
import { formatCount } from "../format/number";
import { BrandLogo } from "../ui/brand-logo";
import { RelativeTime } from "../ui/relative-time";
import { Discount, PriceRange } from "./price";

export function ProductHead({ product }: { product: ProductDetail }) {
  const { brand, categories } = product;
  const about = [brand.name, brand.countryCode ? countryName(brand.countryCode) : null, ...categories.map(({ name }) => name)];
  return (
    <>
      <div className="flex items-center gap-4 pe-10">
        <BrandLogo name={brand.name} logoUrl={brand.logoUrl} className="size-14 rounded-xl" />
        <div className="min-w-0">
          <h2 className="font-semibold text-xl leading-snug">{product.name}</h2>
          <p className="mt-0.5 text-faint text-sm">{about.filter((part) => part !== null).join(" · ")}</p>
        </div>
      </div>
      <dl className="mt-5 grid grid-cols-[1.1fr_1.3fr_0.9fr] gap-3 rounded-xl bg-subtle px-4 py-3">
        <div>
          <dt className="text-faint text-sm">Face value</dt>
          <dd className="mt-0.5">{formatFaceRange(product.faceMin, product.faceMax)}</dd>
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
      <p className="mt-2 px-1 text-faint text-sm">
        {product.stock === null ? "No stock limit" : `${formatCount(product.stock)} in stock`}
        {product.asOf ? (
          <>
            {" · as of "}
            <RelativeTime iso={product.asOf} />
          </>
        ) : null}
      </p>
    </>
  );
}
