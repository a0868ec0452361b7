import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import { idempotencyKeys } from "@/drizzle/schema";
import { AppError } from "@/lib/errors";

/** An answer as it goes out; a replay repeats `body` byte for byte. */
export interface StoredAnswer {
  status: number;
  body: string;
  replayed: boolean;
}

export function hashRequest(input: unknown): Buffer {
  return createHash("sha256").update(JSON.stringify(input)).digest();
}

/** The answer that this key got before; null where it is new. Throws `idempotency_key_reused` when the request was another. */
export async function findReplay(
  executor: Executor,
  partnerId: string,
  key: string,
  requestHash: Buffer,
): Promise<StoredAnswer | null> {
  const [stored] = await executor
    .select()
    .from(idempotencyKeys)
    .where(and(eq(idempotencyKeys.partnerId, partnerId), eq(idempotencyKeys.key, key)));
  if (!stored) return null;
  if (!stored.requestHash.equals(requestHash)) {
    throw new AppError(
      "idempotency_key_reused",
      "This Idempotency-Key was used for another request. Make a new key for each new order.",
      {
        fields: [{ path: "Idempotency-Key", message: "used before with another body" }],
      },
    );
  }
  return { status: stored.status, body: stored.body, replayed: true };
}
