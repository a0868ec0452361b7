import { type Expression, parseExpression } from "../expressions/parse";
import type { Throttle } from "../flow-control/gcra";
import { parseDurationMs } from "../wire/duration";
import type { FunctionConfig } from "./function-config";

const DEFAULT_RETRIES = 4;

/** A registered function with its expressions parsed, ready for the engine. */
export interface RegisteredFunction {
  id: string;
  appId: string;
  slug: string;
  name: string;
  url: string;
  /** The first attempt counts: `retries: 4` is five. */
  maxAttempts: number;
  events: { name: string; when: Expression | undefined }[];
  crons: string[];
  concurrency: { limit: number; key: Expression | undefined }[];
  throttle: (Throttle & { key: Expression | undefined }) | undefined;
  priority: Expression | undefined;
  idempotency: Expression | undefined;
  cancellations: { event: string; when: string | null; timeout: string | undefined }[];
}

/** Compiles a config that `functionConfig` has accepted. */
export function compileFunction(id: string, appId: string, config: FunctionConfig): RegisteredFunction {
  const parse = (source: string | undefined) => (source === undefined ? undefined : parseExpression(source, ["event"]));
  const { throttle } = config;
  return {
    id,
    appId,
    slug: config.id,
    name: config.name ?? config.id,
    url: config.steps.step.runtime.url,
    maxAttempts: (config.steps.step.retries?.attempts ?? DEFAULT_RETRIES) + 1,
    events: config.triggers.flatMap((one) => ("event" in one ? [{ name: one.event, when: parse(one.expression) }] : [])),
    crons: config.triggers.flatMap((one) => ("cron" in one ? [one.cron] : [])),
    concurrency: limitsOf(config).map((one) => ({ limit: one.limit, key: parse(one.key) })),
    throttle: throttle && {
      limit: throttle.limit,
      periodMs: parseDurationMs(throttle.period) ?? 0,
      burst: throttle.burst ?? 0,
      key: parse(throttle.key),
    },
    priority: parse(config.priority?.run),
    idempotency: parse(config.idempotency),
    cancellations: (config.cancel ?? []).map((one) => ({ event: one.event, when: one.if ?? null, timeout: one.timeout })),
  };
}

function limitsOf({ concurrency }: FunctionConfig): { limit: number; key?: string | undefined }[] {
  if (concurrency === undefined) return [];
  if (typeof concurrency === "number") return [{ limit: concurrency }];
  return Array.isArray(concurrency) ? concurrency : [concurrency];
}
