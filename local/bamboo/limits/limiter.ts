import type { Violation } from "../state/state";
import { type EndpointName, limitKeyOf, limitRules, productRule, type Rule } from "./policies";
import { type CounterMode, WindowCounter } from "./window-counter";

export interface LimiterSettings {
  counterMode: CounterMode;
  /** A refused call uses up the window too. */
  countRefused: boolean;
  /** Off: breaches are kept as violations, but the calls are answered. */
  limitsEnforced: boolean;
  /** Windows and gaps are taken to be shorter by this much. */
  toleranceMs: number;
}

/** A limit changed for a while: factor 0.5 halves what is allowed and doubles the gap. */
export interface Adjustment {
  endpoint: EndpointName | "product" | null;
  factor: number;
  untilMs: number;
}

export interface Refusal {
  waitSeconds: number;
}

/** Counts every call against the limits of the sheet. Times are arrivals, taken before a body is read. */
export class Limiter {
  private readonly counters = new Map<string, WindowCounter>();
  private readonly lastCalls = new Map<string, number>();
  private adjustments: Adjustment[] = [];

  constructor(
    private readonly settings: () => LimiterSettings,
    private readonly onViolation: (violation: Violation) => void,
  ) {}

  adjust(adjustment: Adjustment): void {
    this.adjustments.push(adjustment);
  }

  reset(): void {
    this.counters.clear();
    this.lastCalls.clear();
    this.adjustments = [];
  }

  /** The rules of an endpoint; a refusal if this call breaks one. */
  admit(clientId: string, endpoint: EndpointName, atMs: number): Refusal | null {
    const key = limitKeyOf(endpoint);
    const factor = this.factorFor(key, atMs);
    const scope = `${clientId} ${key}`;
    const waits = limitRules[key].map((rule) => ({ rule: sayRule(rule), waitMs: this.waitFor(scope, rule, factor, atMs) }));
    const refusal = this.judge(waits, { endpoint, atMs, productId: null });
    this.lastCalls.set(scope, atMs);
    for (const rule of limitRules[key]) {
      if (rule.kind !== "window" || (refusal && !this.settings().countRefused)) continue;
      this.counter(scope).record(this.scaled(rule, factor).windowMs, atMs);
    }
    return refusal;
  }

  /** The rule of six a minute for each product a checkout names. A refusal for one product uses up nothing of the others. */
  admitProducts(clientId: string, endpoint: EndpointName, productIds: readonly number[], atMs: number): Refusal | null {
    const { limit, windowMs } = this.scaled(productRule, this.factorFor("product", atMs));
    const scoped = [...new Set(productIds)].map((id) => ({ id, counter: this.counter(`${clientId} product ${id}`) }));
    for (const { id, counter } of scoped) {
      const waitMs = counter.waitMs(this.settings().counterMode, limit, windowMs, atMs);
      const refusal = this.judge([{ rule: `${limit} in ${windowMs} ms for one product`, waitMs }], {
        endpoint,
        atMs,
        productId: id,
      });
      if (refusal) return refusal;
    }
    for (const { counter } of scoped) counter.record(windowMs, atMs);
    return null;
  }

  private waitFor(scope: string, rule: Rule, factor: number, atMs: number): number {
    if (rule.kind === "gap") {
      const last = this.lastCalls.get(scope);
      return last === undefined ? 0 : Math.max(0, last + rule.gapMs / factor - this.settings().toleranceMs - atMs);
    }
    const { limit, windowMs } = this.scaled(rule, factor);
    return this.counter(scope).waitMs(this.settings().counterMode, limit, windowMs, atMs);
  }

  private judge(
    waits: { rule: string; waitMs: number }[],
    about: Pick<Violation, "endpoint" | "atMs" | "productId">,
  ): Refusal | null {
    const broken = waits.filter((entry) => entry.waitMs > 0).sort((left, right) => right.waitMs - left.waitMs)[0];
    if (!broken) return null;
    this.onViolation({ ...about, ...broken });
    return this.settings().limitsEnforced ? { waitSeconds: Math.ceil(broken.waitMs / 1000) } : null;
  }

  private scaled(rule: { limit: number; windowMs: number }, factor: number) {
    return {
      limit: Math.max(1, Math.floor(rule.limit * factor)),
      windowMs: Math.max(1, rule.windowMs - this.settings().toleranceMs),
    };
  }

  private factorFor(key: string, atMs: number): number {
    this.adjustments = this.adjustments.filter((entry) => entry.untilMs > atMs);
    return this.adjustments
      .filter((entry) => entry.endpoint === null || entry.endpoint === key)
      .reduce((total, entry) => total * entry.factor, 1);
  }

  private counter(scope: string): WindowCounter {
    const known = this.counters.get(scope);
    if (known) return known;
    const made = new WindowCounter();
    this.counters.set(scope, made);
    return made;
  }
}

function sayRule(rule: Rule): string {
  return rule.kind === "gap" ? `${rule.gapMs} ms between calls` : `${rule.limit} in ${rule.windowMs} ms`;
}
