/** Mistakes that the simulated application can be told to make, to prove that they would be found. */
export const PLANTED = {
  "new-request-id": "each attempt posts a RequestId of its own",
  "refund-after-three": "three unclear attempts count as a refusal",
  "refund-on-not-found": "a not-found counts as a refusal",
  "cards-not-unique": "neither card ids nor codes are unique",
  "claim-unconditional": "an order is claimed by a read and a write instead of one conditional update",
  "capture-untied": "settling may be repeated: captures belong to no dispatch",
  "refusal-ends-doubt": "a refusal counts although an earlier attempt was never answered",
  "believe-contradictions": "an answer that contradicts itself is settled as it stands",
  "key-ignored": "an order is accepted without looking for its key",
  "gap-forgotten": "checkouts are not kept apart, only counted",
  "balances-unchecked": "balances have no check against falling below zero",
  "balances-outlive-rollback": "what a refused transaction did to balances stays",
  "sweep-forgets-prepared": "the sweep looks only at purchases that were placed",
  "ends-with-a-line": "an order ends as soon as one of its lines did",
  "card-to-wrong-line": "a card is stored for the oldest order that has a line of its product",
  "departs-without-marker": "who departs does not look whether Redis lost its memory since",
  "halves-overlap": "the second half of a refused purchase has a line of the first",
  "claim-takes-cancelled": "a claim looks neither at the line's state nor at its order's",
  "order-reversed": "those who were claimed last get cards first",
  "lands-too-early": "whoever has an answer counts as arrived when it left, however long the way took",
  "any-answer-lands": "how long a call takes is learned from refusals too, which come sooner",
  "places-not-taken": "checkouts go without their products' places",
  "sweep-forgets-lines": "the sweep looks only at purchases, not at lines that wait",
  "own-clock": "decisions are made by the process's own clock",
} as const;

export type PlantedBug = keyof typeof PLANTED;
