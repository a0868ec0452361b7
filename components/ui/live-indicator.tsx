"use client";

import { formatDuration } from "../format/time";
import { cn } from "./cn";
import { useNow } from "./use-now";

interface Props {
  /** When the shown data was read, in milliseconds since 1970. */
  readAtMs: number;
  /** The last read failed, or the browser is offline. */
  failing: boolean;
  /** After this age the data is called stale even without an error. */
  staleAfterMs: number;
}

const TICK_MS = 1_000;

/** Whether what is on the screen still follows the server: live, reconnecting, or how old it is. */
export function LiveIndicator({ readAtMs, failing, staleAfterMs }: Props) {
  const ageMs = Math.max(0, useNow(TICK_MS) - readAtMs);
  const stale = ageMs > staleAfterMs;
  const lost = failing || stale;
  const age = formatDuration(ageMs / 1_000);
  const text = failing ? `Reconnecting · last read ${age} ago` : stale ? `Stale · last read ${age} ago` : "Live";
  return (
    <span className={cn("inline-flex items-center gap-2 whitespace-nowrap text-sm", lost ? "text-warning" : "text-muted")}>
      <span className="relative flex size-2" aria-hidden="true">
        {lost ? null : <span className="absolute inline-flex size-full animate-ping rounded-full bg-success opacity-50" />}
        <span className={cn("relative inline-flex size-2 rounded-full", lost ? "bg-warning" : "bg-success")} />
      </span>
      {text}
    </span>
  );
}
