import { ChevronRight } from "lucide-react";
import type { BrandDetail } from "@/lib/catalog/schemas";

/** The supplier's own words, shown as plain text: they are not trusted as markup. */
export function ProductTexts({ brand }: { brand: BrandDetail }) {
  const texts = [
    { title: "About this card", text: brand.description },
    { title: "How to redeem", text: brand.redemptionInstructions },
    { title: "Terms", text: brand.terms },
  ].filter((entry) => entry.text);
  if (texts.length === 0) return null;
  return (
    <div className="divide-y border-t">
      {texts.map(({ title, text }) => (
        <details key={title} className="group">
          <summary className="flex cursor-pointer list-none items-center justify-between py-3 font-medium [&::-webkit-details-marker]:hidden">
            {title}
            <ChevronRight
              className="size-4 text-faint transition-transform group-open:rotate-90 rtl:-scale-x-100"
              aria-hidden="true"
            />
          </summary>
          <p className="whitespace-pre-line break-words pb-4 text-muted">{text}</p>
        </details>
      ))}
    </div>
  );
}
