const MAX_TEXT = 90;
const MASKED = 0x80;
const LENGTH_BITS = 0x7f;
const TWO_BYTE_LENGTH = 126;
const MASK_BYTES = 4;
/** Of a PostgreSQL message: its type and its length. */
const MESSAGE_HEAD_BYTES = 5;

/** The first words of a burst, for a person: a request line of HTTP with what its body begins with, or the statement in a WebSocket frame. */
export function describeBurst(chunk: Buffer): string {
  const text = chunk.toString("latin1");
  const line = /^([A-Z]+ \S+) HTTP\//.exec(text)?.[1];
  if (line === undefined) return describeMessage(unmasked(chunk));
  const body = text.split("\r\n\r\n", 2)[1] ?? "";
  return shortened(line.includes("/e/") ? "POST of events" : `${line} ${body}`);
}

function describeMessage(message: Buffer): string {
  const type = String.fromCharCode(message[0] ?? 0);
  const words = message.subarray(MESSAGE_HEAD_BYTES).toString("latin1");
  if (type === "P" || type === "Q") return shortened(words);
  return type === "p" ? "password" : `message ${JSON.stringify(type)}`;
}

/** The payload of the first frame, without its mask; the driver sends one PostgreSQL message a frame. */
function unmasked(chunk: Buffer): Buffer {
  const second = chunk[1] ?? 0;
  if ((second & MASKED) === 0) return chunk;
  const start = (second & LENGTH_BITS) === TWO_BYTE_LENGTH ? 4 : 2;
  const mask = chunk.subarray(start, start + MASK_BYTES);
  return Buffer.from(chunk.subarray(start + MASK_BYTES).map((byte, index) => byte ^ (mask[index % MASK_BYTES] ?? 0)));
}

function shortened(text: string): string {
  const plain = text
    .replace(/[^\x20-\x7e]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return plain.length > MAX_TEXT ? `${plain.slice(0, MAX_TEXT)}…` : plain;
}
