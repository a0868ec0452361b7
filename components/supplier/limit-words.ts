import type { SupplierEndpointView, SupplierLimits, SupplierView } from "@/lib/supplier/schemas";
import { formatCount } from "../format/number";
import { formatClock, formatDuration } from "../format/time";
import type { MeterTone } from "../ui/meter";

type Budget = SupplierLimits["budget"];

const NEARLY_USED = 0.8;
/** A wait that is no longer than this is the usual pace of the calls. */
const CLOCK_AFTER_MS = 120_000;

/** "2 in 1 s, 500 ms apart". */
export function budgetWords({ limit, windowMs, gapMs }: Budget): string {
  const apart = gapMs > 0 ? `, ${formatDuration(gapMs / 1_000)} apart` : "";
  return `${formatCount(limit)} in ${formatDuration(windowMs / 1_000)}${apart}`;
}

/** "Now", "in 1.2 s", "at 12:03:10", by the clock of the server that answered at `at`. */
export function nextWords(nextFreeAt: string | null, at: string): string {
  const waitMs = nextFreeAt === null ? 0 : Date.parse(nextFreeAt) - Date.parse(at);
  if (nextFreeAt === null || waitMs <= 0) return "Now";
  return waitMs > CLOCK_AFTER_MS ? `at ${formatClock(nextFreeAt)}` : `in ${formatDuration(waitMs / 1_000)}`;
}

/** When the next call of an endpoint could go; while its breaker is not closed, only a probe. */
export function nextCallWords({ breaker, nextFreeAt }: SupplierLimits, at: string): string {
  return breaker.state === "closed" ? nextWords(nextFreeAt, at) : "One probe at a time";
}

/** "75 ms", or "300 ms, widened from 75 ms" after the supplier said 429. */
export function guardWords({ baseMs, nowMs }: SupplierLimits["guard"]): string {
  const now = formatDuration(Math.round(nowMs) / 1_000);
  return Math.round(nowMs) > baseMs ? `${now}, widened from ${formatDuration(baseMs / 1_000)}` : now;
}

export function usedTone(used: number, limit: number): MeterTone {
  return used >= limit * NEARLY_USED ? "warning" : "accent";
}

/** "Paused until 12:03:10, as its 429 asked"; null while it is not. */
export function pauseWords({ limits, pausedFor }: Pick<SupplierEndpointView, "limits" | "pausedFor">): string | null {
  if (!limits?.pausedUntil) return null;
  const why = pausedFor === null ? "" : PAUSED_FOR[pausedFor];
  return `Paused until ${formatClock(limits.pausedUntil)}${why}`;
}

const PAUSED_FOR = {
  throttled: ", as its 429 asked",
  refused: ", after a refusal that is ours to mend",
} as const;

/** What keeps orders from being bought just now, worst first; empty while nothing does. */
export function standstills({ endpoints }: Pick<SupplierView, "endpoints">): string[] {
  if (endpoints.some(({ limits }) => limits === null)) {
    return [
      "The shared memory of the limits cannot be read. Nothing is sent to the supplier until it answers again; orders are accepted and wait.",
    ];
  }
  return endpoints.flatMap(({ endpoint, limits, pausedFor }) => {
    const words: string[] = [];
    const state = limits?.breaker.state ?? "closed";
    if (endpoint === "placeOrder" && state !== "closed") words.push(PLACING_STOPPED);
    if (endpoint === "getOrder" && state !== "closed") words.push(READING_STOPPED);
    const pause = endpoint === "placeOrder" ? pauseWords({ limits, pausedFor }) : null;
    return pause ? [...words, `Placing orders: ${pause}. Orders wait and go on by themselves.`] : words;
  });
}

const PLACING_STOPPED =
  "The supplier does not answer new orders. One call is let through at a time until it does; orders wait, say so to their partners, and may be cancelled.";
const READING_STOPPED =
  "The supplier does not answer when it is asked about orders. What is placed stays placed; results wait, and nothing is bought twice.";
