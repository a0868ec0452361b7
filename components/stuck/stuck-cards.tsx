import Link from "next/link";
import type { StuckItem } from "@/lib/dispatch/stuck.schemas";
import { countOf } from "../format/number";
import { formatDuration } from "../format/time";
import { Money } from "../ui/money";
import { PurchaseBadge } from "./purchase-badge";
import { orderWords, partnerWords } from "./served-words";

/** The list of a phone. */
export function StuckCards({ purchases }: { purchases: readonly StuckItem[] }) {
  return (
    <ul className="grid grid-cols-1 gap-2.5 md:hidden">
      {purchases.map((purchase) => (
        <li key={purchase.id}>
          <Link
            href={`/admin/stuck/${purchase.id}`}
            className="block rounded-xl border bg-surface p-4 shadow-raised active:bg-subtle"
          >
            <span className="flex items-center justify-between gap-3">
              <span className="whitespace-nowrap font-medium">{formatDuration(purchase.ageSeconds)}</span>
              <PurchaseBadge purchase={purchase} />
            </span>
            <span className="mt-2 block truncate font-mono text-sm">{purchase.id}</span>
            <span className="mt-1 flex items-baseline justify-between gap-3">
              <span className="min-w-0 truncate">{orderWords(purchase)}</span>
              <span>
                {purchase.sums.map((sum) => (
                  <Money key={sum.currency} money={sum} className="block font-medium" />
                ))}
              </span>
            </span>
            <span className="mt-1 block truncate text-faint text-sm">
              {partnerWords(purchase)} · {countOf(purchase.cards, "card")}
            </span>
            <span className="mt-2 block text-muted text-sm">{purchase.lastAnswer}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
