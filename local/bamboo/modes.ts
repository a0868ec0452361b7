import { z } from "zod";

const ms = z.number().min(0).max(864_000_000);

/** Everything about the sandbox's manners that the sheet leaves open; each has the default the sheet suggests. */
export const modesSchema = z.object({
  /** `documented`: units of the target for one of the base. `inverse`: the other way round, in what is published only. */
  rateDirection: z.enum(["documented", "inverse"]).default("documented"),
  tooManyBody: z.enum(["text", "json"]).default("text"),
  retryAfterHeader: z.boolean().default(false),
  counterMode: z.enum(["fixed", "sliding"]).default("fixed"),
  countRefused: z.boolean().default(false),
  limitsEnforced: z.boolean().default(true),
  toleranceMs: ms.default(0),
  /** Added to every answer: this, and up to the jitter more. */
  latencyMs: ms.default(0),
  jitterMs: ms.default(0),
  /** `cut`: every connection to the API is cut. `unavailable`: 503 with an HTML page. */
  down: z.enum(["no", "cut", "unavailable"]).default("no"),
  errorForm: z.enum(["default", "code", "sentence", "reason"]).default("default"),
  notFoundStatus: z.union([z.literal(400), z.literal(404)]).default(400),
  failedCards: z.enum(["listed", "omitted"]).default("listed"),
  itemStatus: z.boolean().default(false),
  balanceShows: z.enum(["total", "available"]).default("total"),
  authBody: z.enum(["empty", "text", "json"]).default("empty"),
  /** false: the caller's address is not on the list, 403. */
  ipAllowed: z.boolean().default(true),
  checkoutReply: z.enum(["string", "bare", "object"]).default("string"),
  callback: z.enum(["normal", "lost", "duplicate", "late", "early", "forged"]).default("normal"),
  callbackDelayMs: ms.default(30_000),
  webhook: z.enum(["normal", "lost", "replay", "stale", "wrongSecret"]).default("normal"),
  webhookHeaders: z.enum(["svix", "webhook"]).default("svix"),
  /** How long an ordinary order takes, spread by its RequestId. */
  orderMinMs: ms.default(300),
  orderMaxMs: ms.default(1500),
  pageSizeCap: z.number().int().min(1).max(1000).default(100),
});

export type Modes = z.infer<typeof modesSchema>;

export function defaultModes(): Modes {
  return modesSchema.parse({});
}

/** Only the members that were sent: a schema with defaults would fill in the rest. */
export function changeModes(modes: Modes, patch: Record<string, unknown>): Modes {
  return modesSchema.strict().parse({ ...modes, ...patch });
}
