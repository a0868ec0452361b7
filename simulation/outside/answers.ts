import type { Reason } from "@/lib/bamboo/reasons";
import type { Exchange } from "@/lib/bamboo/request";
import { happens } from "../engine/faults";
import type { World } from "../engine/world";

/** An answer as lib/bamboo/request.ts hands it on. */
export type Answer = Extract<Exchange, { kind: "answer" }>;

export const GATEWAY_PAGE = "<html><body>Bad gateway</body></html>";
const SENTENCES: Partial<Record<Reason, string>> = {
  InsufficientBalance: "Account doesn’t have enough funds available to buy the card(s) requested. Balance: 1.0000.",
  ProductIsOutOfStock: "Not enough stock for product Example. Requested: 2, In stock: 0",
};
const GARBAGE = ['{"mess', "", "null", GATEWAY_PAGE, '"another-request"', '{"ok":true}'] as const;

/** JSON as it is read; the text is made only where somebody reads it. */
export function answerOf(status: number, json: unknown): Answer {
  return { kind: "answer", status, body: typeof json === "string" ? `"${json}"` : "", json, retryAfter: null, durationMs: 0 };
}

export function textAnswer(status: number, body: string, retryAfter: string | null = null): Answer {
  return { kind: "answer", status, body, json: undefined, retryAfter, durationMs: 0 };
}

/** By its code or, as Bamboo does for some, by a sentence. */
export function refusal(reason: Reason): Answer {
  return answerOf(400, { message: SENTENCES[reason] ?? reason });
}

/** A minute's pause stands in the header, a shorter one in the text: Bamboo is not known to keep to one form. */
export function tooMany(seconds: number): Answer {
  return seconds >= 60
    ? textAnswer(429, "", String(seconds))
    : textAnswer(429, `Too many requests. Please wait for ${seconds} seconds.`);
}

export const SILENCE: Exchange = { kind: "silence", cause: "nothing came back", durationMs: 0 };

/** What is left of an answer that was garbled on its way: never something that reads as another clear answer. */
export function garbled(world: World, answer: Answer): Answer {
  if (!happens(world, "answer-garbled")) return answer;
  const body = GARBAGE[world.random.between(0, GARBAGE.length - 1)] ?? "";
  return { ...answer, body, json: parsed(body), retryAfter: null };
}

function parsed(body: string): unknown {
  if (body === "null") return null;
  if (body === '"another-request"') return "another-request";
  return body === '{"ok":true}' ? { ok: true } : undefined;
}
