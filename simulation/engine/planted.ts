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
  "own-clock": "decisions are made by the process's own clock",
} as const;

export type PlantedBug = keyof typeof PLANTED;
