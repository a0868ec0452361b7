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
  /** Echoed by Bamboo in each order callback; compared in constant time. */
  BAMBOO_NOTIFICATION_SECRET: z.string().min(24),

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
