"use client";

import { formatDuration, formatExact } from "../format/time";
import { useNow } from "../ui/use-now";

const TICK_MS = 1_000;

/** "now", or "in 42 s", counted down; the exact time on hover. Null is now. */
export function DueTime({ iso }: { iso: string | null }) {
  const leftMs = useDueIn(iso);
  if (iso === null || leftMs <= 0) return "now";
  return (
    <time dateTime={iso} title={formatExact(iso)} suppressHydrationWarning>
      in {formatDuration(Math.ceil(leftMs / 1_000))}
    </time>
  );
}

function useDueIn(iso: string | null): number {
  const nowMs = useNow(TICK_MS);
  return iso === null ? 0 : Date.parse(iso) - nowMs;
}
