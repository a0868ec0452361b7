import type { Modes } from "../modes";
import { json, type Reply, text } from "./reply";

/** A 429 as the modes have it: as text or JSON, with or without the header. */
export function tooMany(waitSeconds: number, modes: Modes): Reply {
  const sentence = `Too many requests. Please wait for ${waitSeconds} seconds.`;
  const reply = modes.tooManyBody === "json" ? json(429, { message: sentence }) : text(429, sentence);
  return modes.retryAfterHeader ? { ...reply, headers: { "retry-after": String(waitSeconds) } } : reply;
}
