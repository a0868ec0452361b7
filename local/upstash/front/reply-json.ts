import { type Bytes, toBase64, toText } from "../engine/bytes";
import { RedisError, type Reply, Status } from "../engine/reply";

/** One command's answer as Upstash puts it: `{"result":…}` or `{"error":…}`. */
export function replyJson(reply: Reply, base64: boolean): string {
  if (reply instanceof RedisError) return errorJson(reply.message);
  return `{"result":${valueJson(reply, base64)}}`;
}

/** Error texts are never base64, whatever the request asked for. */
export function errorJson(message: Bytes): string {
  return `{"error":${JSON.stringify(toText(message))}}`;
}

function valueJson(reply: Reply, base64: boolean): string {
  if (reply === null) return "null";
  if (typeof reply === "number" || typeof reply === "bigint") return String(reply);
  if (typeof reply === "string") return textJson(reply, base64);
  if (reply instanceof RedisError) return textJson(reply.message, base64);
  if (reply instanceof Status) return statusJson(reply, base64);
  return `[${reply.map((item) => itemJson(item, base64)).join(",")}]`;
}

/** Within a list the client decodes every string, so there even an OK is encoded. */
function itemJson(reply: Reply, base64: boolean): string {
  return reply instanceof Status ? textJson(reply.text, base64) : valueJson(reply, base64);
}

function statusJson(status: Status, base64: boolean): string {
  return status.text === "OK" ? '"OK"' : textJson(status.text, base64);
}

function textJson(bytes: Bytes, base64: boolean): string {
  return base64 ? `"${toBase64(bytes)}"` : JSON.stringify(toText(bytes));
}
