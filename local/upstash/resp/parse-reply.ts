import { RedisError, type Reply, Status } from "../engine/reply";

const MAX_DEPTH = 64;
const LINE_END = "\r\n";

/** A reply and the place after it, or `undefined` while bytes are missing. */
export type Parsed = { reply: Reply; next: number } | undefined;

/** Reads one RESP2 reply from a place in a buffer; a broken protocol throws an Error. */
export function parseReply(buffer: Buffer, start: number, depth = 0): Parsed {
  if (depth > MAX_DEPTH) throw new Error("redis-server answered with lists nested too deep");
  const end = buffer.indexOf(LINE_END, start);
  if (end < 0) return undefined;
  const kind = buffer.toString("latin1", start, start + 1);
  const line = buffer.toString("latin1", start + 1, end);
  const next = end + LINE_END.length;
  if (kind === "+") return { reply: new Status(line), next };
  if (kind === "-") return { reply: new RedisError(line), next };
  if (kind === ":") return { reply: integerReply(line), next };
  if (kind === "$") return parseBulk(buffer, Number(line), next);
  if (kind === "*") return parseList(buffer, Number(line), next, depth);
  throw new Error(`redis-server sent '${kind}' where a reply should begin; is REDIS_URL a Redis address?`);
}

function integerReply(line: string): Reply {
  const plain = Number(line);
  return Number.isSafeInteger(plain) ? plain : BigInt(line);
}

function parseBulk(buffer: Buffer, length: number, start: number): Parsed {
  if (length < 0) return { reply: null, next: start };
  const end = start + length;
  if (buffer.length < end + LINE_END.length) return undefined;
  return { reply: buffer.toString("latin1", start, end), next: end + LINE_END.length };
}

function parseList(buffer: Buffer, length: number, start: number, depth: number): Parsed {
  if (length < 0) return { reply: null, next: start };
  const items: Reply[] = [];
  let at = start;
  while (items.length < length) {
    const item = parseReply(buffer, at, depth + 1);
    if (!item) return undefined;
    items.push(item.reply);
    at = item.next;
  }
  return { reply: items, next: at };
}
