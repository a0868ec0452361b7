import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { env } from "./env";

/** All symmetric cryptography of the product: AES-256-GCM boxes, wrapped keys, keyed fingerprints. */
const ALGORITHM = "aes-256-gcm";
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** nonce | tag | ciphertext. `boundTo` must be repeated exactly to open. */
export function seal(key: Buffer, plain: Buffer, boundTo: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(boundTo));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** Throws when the box was altered, the key is another, or `boundTo` differs. */
export function open(key: Buffer, box: Buffer, boundTo: string): Buffer {
  const decipher = createDecipheriv(ALGORITHM, key, box.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES }).setAAD(
    Buffer.from(boundTo),
  );
  decipher.setAuthTag(box.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(box.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
}

export interface WrappedKey {
  masterKeyNumber: number;
  wrapped: Buffer;
}

/** A fresh data key, wrapped by the newest master key. Rotation re-wraps; what the key sealed stays as it is. */
export function newWrappedKey(boundTo: string): WrappedKey & { key: Buffer } {
  const masterKeyNumber = Math.max(...env().CARD_MASTER_KEYS.keys());
  const key = randomBytes(KEY_BYTES);
  return { key, masterKeyNumber, wrapped: seal(masterKey(masterKeyNumber), key, boundTo) };
}

export function unwrapKey({ masterKeyNumber, wrapped }: WrappedKey, boundTo: string): Buffer {
  return open(masterKey(masterKeyNumber), wrapped, boundTo);
}

/** Equal secrets have equal fingerprints, and nobody without the key can test a guess. */
export function fingerprint(secret: string): Buffer {
  return createHmac("sha256", env().CARD_FINGERPRINT_KEY).update(secret).digest();
}

/** Constant in time for any pair of texts. */
export function sameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(fingerprint(given), fingerprint(expected));
}

function masterKey(number: number): Buffer {
  const key = env().CARD_MASTER_KEYS.get(number);
  if (!key)
    throw new Error(`Master key ${number} is not in CARD_MASTER_KEYS; a code sealed under it cannot be opened until it is back.`);
  return key;
}
