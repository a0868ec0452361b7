import type { Process } from "../engine/tasks";

const KEPT = 20;
const LEAST_MS = 15;
const MOST_MS = 250;
const AFTER_CLAIM_MS = 15;

/** Follows lib/dispatch/lead-time.ts, whose memory is the process's own. */
export function leadTimeMs({ claimsMs }: Process): number {
  const inOrder = [...claimsMs].sort((a, b) => a - b);
  const slow = inOrder[Math.floor(inOrder.length * 0.9)] ?? MOST_MS / 2;
  return Math.min(Math.max(slow + AFTER_CLAIM_MS, LEAST_MS), MOST_MS);
}

export function learnLeadTime({ claimsMs }: Process, claimMs: number): void {
  claimsMs.push(claimMs);
  if (claimsMs.length > KEPT) claimsMs.shift();
}
