/** Of the last claims of this process. */
const KEPT = 20;
const LEAST_MS = 15;
const MOST_MS = 250;
/** From the claim to the moment that the request may go: facts and attempt are written down in between. */
const AFTER_CLAIM_MS = 15;

const tookMs: number[] = [];

/** How long before its turn a claim has to begin to be done in time, learned from the last ones: nearly the slowest of them. */
export const leadTime = {
  ms(): number {
    const inOrder = [...tookMs].sort((a, b) => a - b);
    const slow = inOrder[Math.floor(inOrder.length * 0.9)] ?? MOST_MS / 2;
    return Math.min(Math.max(slow + AFTER_CLAIM_MS, LEAST_MS), MOST_MS);
  },

  learn(claimMs: number): void {
    tookMs.push(claimMs);
    if (tookMs.length > KEPT) tookMs.shift();
  },
};
