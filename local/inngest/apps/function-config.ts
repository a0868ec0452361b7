import { z } from "zod";
import { parseCron } from "../cron/parse-cron";
import { parseExpression, type Root } from "../expressions/parse";
import { parseDurationMs, parseMomentMs } from "../wire/duration";

const MAX_TRIGGERS = 50;
const MAX_CANCELLATIONS = 5;
const MAX_CONCURRENCY_ENTRIES = 2;
const MAX_ATTEMPTS_BEYOND_FIRST = 20;
const MIN_PERIOD_MS = 1000;

const expression = (...roots: Root[]) =>
  z.string().superRefine((source, ctx) => check(ctx, () => parseExpression(source, roots)));
const duration = z
  .string()
  .refine((text) => (parseDurationMs(text) ?? 0) > 0, { error: 'must be a duration such as "30s" or "2h"' });
const eventName = z
  .string()
  .min(1)
  .refine((name) => !name.includes("*"), { error: "wildcard event names are not supported by this server" });

const trigger = z.union([
  z.strictObject({ event: eventName, expression: expression("event").optional() }),
  z.strictObject({ cron: z.string().superRefine((source, ctx) => check(ctx, () => parseCron(source))) }),
]);
const concurrency = z.strictObject({
  limit: z.int().min(0),
  key: expression("event").optional(),
  scope: z.literal("fn", { error: 'only the scope "fn" is supported by this server' }).optional(),
});
const step = z.strictObject({
  id: z.string(),
  name: z.string(),
  runtime: z.strictObject({
    type: z.literal("http", { error: 'only the runtime "http" is supported by this server' }),
    url: z.url({ protocol: /^https?$/ }),
  }),
  retries: z.strictObject({ attempts: z.int().min(0).max(MAX_ATTEMPTS_BEYOND_FIRST).optional() }).optional(),
});

/**
 * One function as the SDK registers it. Strict at every level: an option that this server does not carry out is refused
 * by name, because a function whose limit is silently ignored would behave differently in production.
 */
export const functionConfig = z.strictObject({
  id: z.string().min(1).max(255),
  name: z.string().optional(),
  triggers: z.array(trigger).max(MAX_TRIGGERS),
  steps: z.strictObject({ step }),
  concurrency: z.union([z.int().min(0), concurrency, z.array(concurrency).min(1).max(MAX_CONCURRENCY_ENTRIES)]).optional(),
  throttle: z
    .strictObject({
      limit: z.int().min(1),
      period: duration.refine((text) => (parseDurationMs(text) ?? 0) >= MIN_PERIOD_MS, { error: "must be at least 1s" }),
      burst: z.int().min(0).optional(),
      key: expression("event").optional(),
    })
    .optional(),
  priority: z.strictObject({ run: expression("event").optional() }).optional(),
  idempotency: expression("event").optional(),
  cancel: z
    .array(
      z.strictObject({
        event: eventName,
        if: expression("event", "async").optional(),
        timeout: z
          .string()
          .refine((text) => parseMomentMs(text, 0) !== undefined, { error: "must be a duration or a date" })
          .optional(),
      }),
    )
    .max(MAX_CANCELLATIONS)
    .optional(),
});
export type FunctionConfig = z.infer<typeof functionConfig>;

/** What is wrong with a function, in one sentence per fault; names the option by its path. */
export function describeFaults(functionId: string, error: z.ZodError): string[] {
  return error.issues.flatMap((issue) => faultsOf(issue)).map((fault) => `function "${functionId}": ${fault}`);
}

function faultsOf(issue: z.core.$ZodIssue, prefix: readonly PropertyKey[] = []): string[] {
  const path = [...prefix, ...issue.path].join(".");
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => `the option "${path === "" ? key : `${path}.${key}`}" is not supported by this server`);
  }
  if (issue.code === "invalid_union") {
    // Each branch of the union lists its own faults; the one meant is that of the right type with the fewest.
    const branches = [...issue.errors].sort((a, b) => Number(isWrongType(a)) - Number(isWrongType(b)) || a.length - b.length);
    const [best = []] = branches;
    return best.flatMap((inner) => faultsOf(inner, [...prefix, ...issue.path]));
  }
  return [`"${path}" ${issue.message}`];
}

/** The value is not even of the type of this branch. */
function isWrongType(issues: readonly z.core.$ZodIssue[]): boolean {
  return issues.some((issue) => issue.code === "invalid_type" && issue.path.length === 0);
}

function check(ctx: z.RefinementCtx, parse: () => unknown): void {
  try {
    parse();
  } catch (error) {
    ctx.addIssue({ code: "custom", message: error instanceof Error ? error.message : String(error) });
  }
}
