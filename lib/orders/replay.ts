import { AppError } from "@/lib/errors";

/** An answer as it goes out; a replay repeats `body` byte for byte. */
export interface StoredAnswer {
  status: number;
  body: string;
  replayed: boolean;
}

/** The first answer once more. Throws `idempotency_key_reused` when the request was another. */
export function replay(earlier: { status: number; body: string; requestHash: string }, requestHash: string): StoredAnswer {
  if (earlier.requestHash !== requestHash) {
    throw new AppError(
      "idempotency_key_reused",
      "This Idempotency-Key was used for another request. Make a new key for each new order.",
      { fields: [{ path: "Idempotency-Key", message: "used before with another body" }] },
    );
  }
  return { status: earlier.status, body: earlier.body, replayed: true };
}
