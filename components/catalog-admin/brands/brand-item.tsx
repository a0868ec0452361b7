import { Power } from "lucide-react";
import type { StaffBrand } from "@/lib/availability/schemas";
import { countryName } from "../../format/country";
import { countOf } from "../../format/number";
import { Badge } from "../../ui/badge";
import { BrandLogo } from "../../ui/brand-logo";
import { RelativeTime } from "../../ui/relative-time";
import { BrandSwitch } from "./brand-switch";

interface Props {
  brand: StaffBrand;
  may: boolean;
  /** The note that says why the switch is grey. */
  noteId: string;
}

export function BrandItem({ brand, may, noteId }: Props) {
  const { name, logoUrl, countryCode, products, waitingLines, switchedOff } = brand;
  const facts = [
    countryCode ? countryName(countryCode) : null,
    countOf(products, "product"),
    waitingLines > 0 ? `${countOf(waitingLines, "order line")} waiting` : null,
  ].filter((fact) => fact !== null);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 px-5 py-3">
      <BrandLogo name={name} logoUrl={logoUrl} />
      <div className="min-w-0 flex-1 basis-44">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="min-w-0 break-words font-medium">{name}</span>
          {switchedOff ? (
            <Badge tone="danger" icon={Power}>
              Switched off
            </Badge>
          ) : null}
        </p>
        <p className="text-faint text-sm">{facts.join(" · ")}</p>
        {switchedOff ? (
          <p className="mt-1 break-words text-sm">
            {switchedOff.because}{" "}
            <span className="text-faint">
              — {switchedOff.by}, <RelativeTime iso={switchedOff.at} />
            </span>
          </p>
        ) : null}
      </div>
      <BrandSwitch brand={brand} may={may} noteId={noteId} />
    </li>
  );
}
