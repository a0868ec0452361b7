import { createHash, randomBytes } from "node:crypto";

/** A time-ordered UUID (version 7), for rows that are listed by age. */
export function newId(nowMs: number = Date.now()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(nowMs, 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return dashed(bytes);
}

/** ST-000123, from the order's sequence number. */
export function orderNumber(sequence: number): string {
  return `ST-${String(sequence).padStart(6, "0")}`;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether the database would take a text as an id; anything else is simply not there. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/**
 * The id that follows from `parts` alone (version 8): the same parts give the same id on every machine and after every restore, so that
 * doing a thing again is seen to be the same thing.
 */
export function derivedId(...parts: readonly (string | number)[]): string {
  return uuidOf(parts, 0x80);
}

/** The same in the form that Bamboo asks for in `RequestId`: a lower-case GUID of version 4. */
export function derivedRequestId(...parts: readonly (string | number)[]): string {
  return uuidOf(parts, 0x40);
}

function uuidOf(parts: readonly (string | number)[], versionBits: number): string {
  const bytes = createHash("sha256").update(JSON.stringify(parts)).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | versionBits, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return dashed(bytes);
}

function dashed(bytes: Buffer): string {
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
