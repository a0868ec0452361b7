import type { UnavailableReason } from "@/lib/catalog/schemas";
import { Notice } from "../../ui/notice";
import { RefreshTimes } from "../refresh-times";

interface Props {
  items: readonly { unavailable: UnavailableReason | null }[];
  first: { asOf: string | null; nextRefreshAt: string };
}

/** One word for the whole catalogue, where its age is why nothing can be ordered. */
export function StaleNotice({ items, first }: Props) {
  if (!items.some(({ unavailable }) => unavailable === "stale_catalogue")) return null;
  return (
    <div className="mb-4">
      <Notice tone="warning">
        <strong className="font-semibold">Ordering is paused.</strong> The supplier's prices and stock are too old to order from;
        ordering opens again by itself after the next refresh. Catalogue: <RefreshTimes freshness={first} />.
      </Notice>
    </div>
  );
}
