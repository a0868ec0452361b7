import { createHmac, timingSafeEqual } from "node:crypto";

export type Verified =
  | { ok: true /** The same on every try of one message. */; messageId: string }
  | { ok: false /** Safe to show: it tells nothing of the secret. */; why: string };

/** Either way: clocks differ, and what is older may be a replay. */
const TOLERANCE_SECONDS = 5 * 60;
const MAX_ID_CHARS = 256;
const MAX_SIGNATURES = 16;
const SECRET_PREFIX = "whsec_";
const VERSION = "v1";
/** Svix' own spelling and the unbranded one; which of them Bamboo sends is not known. */
const SPELLINGS = ["svix", "webhook"] as const;

/**
 * Checks a message signed by Svix (`docs.svix.com`, "Verifying webhooks manually"). `body` is what came over the wire, before any parsing;
 * while a secret is rotated a message carries several signatures, of which one has to match. Secrets look like `whsec_` and base64.
 */
export function verifySvix({
  headers,
  body,
  secret,
  nowMs,
}: {
  headers: Headers;
  body: Buffer;
  secret: string;
  nowMs: number;
}): Verified {
  const signed = SPELLINGS.map((spelling) => signedHeaders(headers, spelling)).find((found) => found !== null);
  if (!signed) return refused("The headers svix-id, svix-timestamp and svix-signature are missing.");
  const { id, timestamp, signatures } = signed;
  if (id.length > MAX_ID_CHARS) return refused("The message id is too long.");
  if (!/^\d{1,12}$/.test(timestamp)) return refused("The timestamp is not a whole number of seconds.");
  if (Math.abs(nowMs / 1_000 - Number(timestamp)) > TOLERANCE_SECONDS)
    return refused("The timestamp is more than five minutes from now. Check both clocks; an old message is not taken twice.");
  const key = Buffer.from(secret.slice(SECRET_PREFIX.length), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest();
  return isAmong(expected, signatures)
    ? { ok: true, messageId: id }
    : refused("No signature matches. Check that the secret here is the endpoint's own.");
}

const refused = (why: string): Verified => ({ ok: false, why });

function signedHeaders(headers: Headers, spelling: (typeof SPELLINGS)[number]) {
  const id = headers.get(`${spelling}-id`);
  const timestamp = headers.get(`${spelling}-timestamp`);
  const signatures = headers.get(`${spelling}-signature`);
  return id && timestamp && signatures ? { id, timestamp, signatures } : null;
}

/** Compares with each, in constant time. Versions that we do not know are passed over. */
function isAmong(expected: Buffer, signatures: string): boolean {
  return signatures
    .split(" ")
    .slice(0, MAX_SIGNATURES)
    .map((entry) => {
      const [version, text = ""] = entry.split(",", 2);
      const given = Buffer.from(text, "base64");
      return version === VERSION && given.length === expected.length && timingSafeEqual(given, expected);
    })
    .includes(true);
}
