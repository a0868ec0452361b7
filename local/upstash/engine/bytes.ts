/**
 * A string of bytes: every character stands for one byte (0 to 255). Redis counts, slices and compares bytes,
 * and JavaScript strings of this kind are cheap as map keys and for all three.
 */
export type Bytes = string;

const ASCII_ONLY = /^[\x20-\x7e]*$/;

/** The UTF-8 bytes of a text that came over HTTP. */
export function toBytes(text: string): Bytes {
  return ASCII_ONLY.test(text) ? text : Buffer.from(text, "utf8").toString("latin1");
}

/** The text of some bytes read as UTF-8; bytes that are no UTF-8 become U+FFFD, as in any JSON answer. */
export function toText(bytes: Bytes): string {
  return ASCII_ONLY.test(bytes) ? bytes : Buffer.from(bytes, "latin1").toString("utf8");
}

export function toBase64(bytes: Bytes): string {
  return Buffer.from(bytes, "latin1").toString("base64");
}
