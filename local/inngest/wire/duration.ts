const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Reads "1w2d3h4m5s" in milliseconds; the empty text is zero, as the SDK writes it. Undefined where it is no duration. */
export function parseDurationMs(text: string): number | undefined {
  if (!/^(\d+(?:\.\d+)?(?:ms|[smhdw]))*$/.test(text)) return undefined;
  let totalMs = 0;
  for (const [, count = "0", unit = "ms"] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdw])/g)) {
    totalMs += Number(count) * (UNIT_MS[unit] ?? 0);
  }
  return totalMs;
}

/** When a sleep, wait or timeout ends: a duration from now, or a moment in ISO 8601. */
export function parseMomentMs(text: string, nowMs: number): number | undefined {
  const durationMs = parseDurationMs(text);
  if (durationMs !== undefined) return nowMs + durationMs;
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? undefined : moment;
}
