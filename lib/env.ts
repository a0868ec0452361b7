import { z } from "zod";

/**
 * The environment, parsed once. Groups are all-or-nothing: a half-set group names what is missing and the process refuses to start.
 * Nothing else in the product reads `process.env`.
 */
export type Env = z.infer<typeof schema>;

const MASTER_KEY_BYTES = 32;

const base64Key = z.string().refine((text) => Buffer.from(text, "base64").length === MASTER_KEY_BYTES, {
  message: "must be 32 bytes in base64 (make one with: openssl rand -base64 32)",
});

/** `1:base64,2:base64`: numbered keys, the highest number seals, every number opens. */
const masterKeys = z.string().transform((text, context) => {
  const keys = new Map<number, Buffer>();
  for (const part of text.split(",")) {
    const [number, key, ...rest] = part.split(":");
    const parsed = base64Key.safeParse(key);
    if (!/^\d+$/.test(number ?? "") || !parsed.success || rest.length > 0 || keys.has(Number(number))) {
      context.addIssue({
        code: "custom",
        message: "must look like 1:<32 bytes in base64>,2:<32 bytes in base64>, each number once",
      });
      return z.NEVER;
    }
    keys.set(Number(number), Buffer.from(parsed.data, "base64"));
  }
  return keys;
});

const count = z.number().int().positive();
const ownBudget = z.strictObject({ limit: count, windowMs: count, gapMs: z.number().int().nonnegative() }).partial().optional();

/** Which of the supplier's limits are other than they are known to be, as `{"getOrder":{"limit":60}}`. */
const ownBudgets = z.strictObject({
  placeOrder: ownBudget,
  placeOrderProduct: ownBudget,
  getOrder: ownBudget,
  catalog: ownBudget,
  exchangeRates: ownBudget,
  ordersReport: ownBudget,
});

const budgetsText = z.string().transform((text, context) => {
  const told = asJson(text);
  if (told === undefined) {
    context.addIssue({ code: "custom", message: 'must be JSON, as {"getOrder":{"limit":60}}' });
    return z.NEVER;
  }
  const parsed = ownBudgets.safeParse(told);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues)
    context.addIssue({ code: "custom", message: `${path.length > 0 ? `${path.join(".")}: ` : ""}${message}` });
  return z.NEVER;
});

/** Undefined where it is no JSON. */
function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const schema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  APP_URL: z.url(),
  AUTH_SECRET: z.string().min(32, "must be at least 32 characters"),

  DATABASE_URL: z.url(),
  /** Owner connection for migrations; Neon's pooler cannot run them. */
  DATABASE_URL_UNPOOLED: z.url().optional(),
  /** Where the Neon driver's WebSocket goes when it is not Neon itself, as `ws://host:port`. */
  DATABASE_WS_PROXY: z.url().optional(),

  UPSTASH_REDIS_REST_URL: z.url(),
  UPSTASH_REDIS_REST_TOKEN: z.string().min(1),

  INNGEST_EVENT_KEY: z.string().min(1),
  INNGEST_SIGNING_KEY: z.string().min(1),
  INNGEST_BASE_URL: z.url().optional(),

  BAMBOO_BASE_URL: z.url(),
  BAMBOO_CLIENT_ID: z.string().min(1),
  BAMBOO_CLIENT_SECRET: z.string().min(1),
  BAMBOO_ACCOUNT_ID: z.coerce.number().int().positive(),
  /** How the whole catalogue is read: page by page, or in one answer that the supplier has announced to withdraw. */
  BAMBOO_CATALOG: z.enum(["v2", "v1"]).default("v2"),
  BAMBOO_BUDGETS: budgetsText.prefault("{}"),
  /** How much longer than the quickest a call to the supplier may be under way; the next one comes so much later. */
  BAMBOO_GUARD_MS: z.coerce.number().int().positive().max(1_000).default(75),
  /** Products (at one face value each) in one purchase at most: more are bought at once, and one that is refused holds up more. */
  DISPATCH_MAX_LINES: z.coerce.number().int().min(1).max(200).default(60),
  /** Echoed by Bamboo in each order callback; compared in constant time. */
  BAMBOO_NOTIFICATION_SECRET: z.string().min(24),
  /** The signing secret of the webhook endpoint in Bamboo's portal, which shows it once. Without it the webhook is refused. */
  BAMBOO_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{16,}={0,2}$/, "must be whsec_ and base64, as Bamboo's portal shows it")
    .optional(),

  CARD_MASTER_KEYS: masterKeys,
  CARD_FINGERPRINT_KEY: base64Key.transform((text) => Buffer.from(text, "base64")),
});

let parsed: Env | undefined;

/** Throws with every missing or malformed variable named, so that one start shows all that is wrong. */
export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}

/** Pure form of `env`, for the start-up check and its tests. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const blankIsUnset = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const result = schema.safeParse(blankIsUnset);
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `  ${issue.path.join(".")}: ${explain(issue, blankIsUnset)}`);
    throw new Error(
      `Steller cannot start: the environment is incomplete.\n${lines.join("\n")}\nSee docs/operations.md, "Environment".`,
    );
  }
  if (result.data.NODE_ENV === "production" && blankIsUnset.INNGEST_DEV) {
    throw new Error(
      "Steller cannot start: INNGEST_DEV is a development flag (it turns signature checks off). Unset it in production.",
    );
  }
  return result.data;
}

const GROUPS = ["DATABASE_", "UPSTASH_", "INNGEST_", "BAMBOO_", "CARD_"];

function explain(issue: z.core.$ZodIssue, source: Record<string, string | undefined>): string {
  const name = String(issue.path[0]);
  if (source[name] !== undefined) return issue.message;
  const group = GROUPS.find((prefix) => name.startsWith(prefix));
  const others = group ? Object.keys(source).filter((key) => key.startsWith(group)) : [];
  return others.length > 0 ? `missing, while ${others.join(", ")} ${others.length > 1 ? "are" : "is"} set` : "missing";
}
