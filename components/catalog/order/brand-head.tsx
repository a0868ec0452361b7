import type { BrandDetail } from "@/lib/catalog/schemas";
import { countryName } from "../../format/country";
import { BrandLogo } from "../../ui/brand-logo";

export function BrandHead({ brand }: { brand: BrandDetail }) {
  const { name, countryCode, categories } = brand;
  const about = [countryCode ? countryName(countryCode) : null, ...categories.map((category) => category.name)];
  return (
    <div className="flex items-center gap-4 pe-10">
      <BrandLogo name={name} logoUrl={brand.logoUrl} className="size-14 rounded-xl" />
      <div className="min-w-0">
        <h2 className="font-semibold text-xl leading-snug">{name}</h2>
        <p className="mt-0.5 text-faint text-sm">{about.filter((part) => part !== null).join(" · ")}</p>
      </div>
    </div>
  );
}
