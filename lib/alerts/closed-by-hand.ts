/**
 * Whether only a person ends an alert of this kind, by acknowledging it. Nothing that happens later makes it untrue that cards were
 * delivered which nobody ordered, or that money was returned for a purchase that exists; a machine ends the others.
 */
export const isClosedByHand = (kind: string): boolean => kind.startsWith("cards.") || kind === "dispatch.placed_after_rejection";
