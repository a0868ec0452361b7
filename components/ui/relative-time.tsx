"use client";

import { formatExact, formatRelative } from "../format/time";
import { useNow } from "./use-now";

const TICK_MS = 10_000;

interface Props {
  iso: string;
  className?: string;
}

/** "3 minutes ago", kept true while shown; the exact time on hover. */
export function RelativeTime({ iso, className }: Props) {
  const nowMs = useNow(TICK_MS);
  return (
    <time dateTime={iso} title={formatExact(iso)} className={className} suppressHydrationWarning>
      {formatRelative(iso, nowMs)}
    </time>
  );
}
