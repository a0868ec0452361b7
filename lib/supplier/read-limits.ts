import { readBreakers, readBudgetUsage } from "@/lib/bamboo";
import { asError, log } from "@/lib/log";
import type { SupplierEndpoint, SupplierLimits } from "./schemas";

/**
 * What all instances together may still send, or null while the memory that they share cannot be read: the page must say so just then, and
 * not fail.
 */
export async function readLimits(nowMs: number): Promise<Map<SupplierEndpoint, SupplierLimits> | null> {
  try {
    const [usage, breakers] = await Promise.all([readBudgetUsage(nowMs), readBreakers(nowMs)]);
    return new Map(
      usage.map((budget) => [
        budget.endpoint,
        toLimits(
          budget,
          breakers.find(({ endpoint }) => endpoint === budget.endpoint),
        ),
      ]),
    );
  } catch (thrown) {
    log.warn("The limits of the supplier cannot be read", { err: asError(thrown) });
    return null;
  }
}

type Usage = Awaited<ReturnType<typeof readBudgetUsage>>[number];
type Breaker = Awaited<ReturnType<typeof readBreakers>>[number];

function toLimits(usage: Usage, breaker: Breaker | undefined): SupplierLimits {
  const { limit, windowMs, gapMs, source, used, ahead, nextFreeAt, guard, pausedUntil } = usage;
  return {
    budget: { limit, windowMs, gapMs, source },
    // What is ahead has not left yet, and may be any number.
    used: Math.max(used - ahead, 0),
    ahead,
    nextFreeAt: nextFreeAt?.toISOString() ?? null,
    guard,
    pausedUntil: pausedUntil?.toISOString() ?? null,
    breaker: {
      state: breaker?.state ?? "closed",
      since: breaker?.since?.toISOString() ?? null,
      failures: breaker?.failures ?? 0,
    },
  };
}
