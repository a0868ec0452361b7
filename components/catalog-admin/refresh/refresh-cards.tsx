import type { Refresh } from "@/lib/refresh/schemas";
import { countOf, formatCount } from "../../format/number";
import { formatDuration } from "../../format/time";
import { Badge } from "../../ui/badge";
import { RelativeTime } from "../../ui/relative-time";
import { ChangesLink } from "./changes-link";
import { pageWords, REFRESH_LOOKS, TRIGGER_WORDS } from "./refresh-words";

/** The list of a phone. */
export function RefreshCards({ refreshes }: { refreshes: readonly Refresh[] }) {
  return (
    <ul className="grid grid-cols-1 gap-2.5 md:hidden">
      {refreshes.map((refresh) => {
        const { id, trigger, status, source, startedAt, tookMs, counts, error } = refresh;
        const { label, tone } = REFRESH_LOOKS[status];
        return (
          <li key={id} className="rounded-xl border bg-surface p-4 shadow-raised">
            <p className="flex items-center justify-between gap-3">
              <RelativeTime iso={startedAt} className="font-medium" />
              <Badge tone={tone}>{label}</Badge>
            </p>
            <p className="mt-1 text-faint text-sm">
              {TRIGGER_WORDS[trigger]} · {pageWords(refresh)} of {source}
              {tookMs === null ? "" : ` · ${formatDuration(tookMs / 1_000)}`}
            </p>
            {counts ? <p className="mt-1 text-sm">{countWords(counts)}</p> : null}
            {error ? <p className="mt-1 break-words text-danger text-sm">{error}</p> : null}
            <p className="mt-2">
              <ChangesLink refreshId={id} startedAt={startedAt} />
            </p>
          </li>
        );
      })}
    </ul>
  );
}

function countWords({ products, added, changed, repriced, withdrawn }: NonNullable<Refresh["counts"]>): string {
  const of = (count: number, word: string) => `${formatCount(count)} ${word}`;
  return [
    countOf(products, "product"),
    of(added, "added"),
    of(changed, "changed"),
    of(repriced, "repriced"),
    of(withdrawn, "withdrawn"),
  ].join(", ");
}
