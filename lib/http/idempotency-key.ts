import { AppError } from "@/lib/errors";

const ACCEPTABLE = /^[\x21-\x7e]{8,128}$/;

/** Every request that creates something names itself, so that a repeat can be told from a second wish. */
export function idempotencyKeyOf(headers: Headers): string {
  const key = headers.get("idempotency-key");
  if (key && ACCEPTABLE.test(key)) return key;
  throw new AppError(
    "idempotency_key_missing",
    "Send an Idempotency-Key header of 8 to 128 visible characters, new for each new order, the same for each repeat of it.",
    {
      fields: [{ path: "Idempotency-Key", message: key ? "8 to 128 visible ASCII characters" : "missing" }],
    },
  );
}
