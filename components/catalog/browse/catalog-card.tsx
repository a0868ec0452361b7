import type { ReactNode } from "react";
import type { UnavailableReason } from "@/lib/catalog/schemas";
import { Badge } from "../../ui/badge";
import { BrandLogo } from "../../ui/brand-logo";
import { cn } from "../../ui/cn";
import { UNAVAILABLE_LABELS } from "../unavailable";

interface Props {
  /** Of the button that is the card: where the focus returns to. */
  id: string;
  name: string;
  brand: { name: string; logoUrl: string | null };
  about: ReactNode;
  unavailable: UnavailableReason | null;
  /** Something will be opened in a moment: the button is being pressed. */
  onIntent: () => void;
  onOpen: () => void;
  /** Three facts. */
  children: ReactNode;
}

/** The whole card is one button by way of its name; what cannot be ordered can still be read. */
export function CatalogCard({ id, name, brand, about, unavailable, onIntent, onOpen, children }: Props) {
  return (
    <li className="relative flex flex-col rounded-xl border bg-surface shadow-raised transition-colors focus-within:border-accent hover:border-line-strong">
      <div className="flex items-start gap-3 px-4 pt-4 pb-3">
        <BrandLogo name={brand.name} logoUrl={brand.logoUrl} className={cn("size-11", unavailable && "grayscale")} />
        <div className="min-w-0 flex-1">
          <h2 className={cn("line-clamp-2 font-medium leading-snug", unavailable && "text-muted")}>
            <button
              id={id}
              data-card=""
              type="button"
              onPointerDown={onIntent}
              onClick={onOpen}
              className="text-start outline-none after:absolute after:inset-0 after:rounded-xl focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:outline-offset-2"
            >
              {name}
            </button>
          </h2>
          <p className="mt-0.5 truncate text-faint text-sm">{about}</p>
          {unavailable ? (
            <p className="mt-1.5">
              <Badge tone="neutral">{UNAVAILABLE_LABELS[unavailable]}</Badge>
            </p>
          ) : null}
        </div>
      </div>
      <dl className="mt-auto grid grid-cols-[minmax(0,1.1fr)_minmax(0,1.2fr)_auto] gap-3 border-t px-4 py-2.5 text-sm">
        {children}
      </dl>
    </li>
  );
}

export function CardFact({ name, strong = false, end = false, children }: FactProps) {
  return (
    <div className={cn(end && "text-end")}>
      <dt className="text-faint text-xs">{name}</dt>
      <dd className={cn("mt-0.5", strong && "font-semibold")}>{children}</dd>
    </div>
  );
}

interface FactProps {
  name: string;
  strong?: boolean;
  end?: boolean;
  children: ReactNode;
}
