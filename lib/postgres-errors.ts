/** Whether an error, or what caused it, is Postgres refusing by the named constraint. */
export function violated(thrown: unknown, constraint: string): boolean {
  return fieldOf(thrown, "constraint") === constraint;
}

/** SQLSTATE of a Postgres error, however deeply a driver wrapped it; undefined for any other error. */
export function sqlState(thrown: unknown): string | undefined {
  const code = fieldOf(thrown, "code");
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

const MAX_DEPTH = 5;

function fieldOf(thrown: unknown, field: string): unknown {
  let current = thrown;
  for (let depth = 0; depth < MAX_DEPTH && typeof current === "object" && current !== null; depth++) {
    if ("severity" in current && field in current) return Reflect.get(current, field);
    current = "cause" in current ? current.cause : undefined;
  }
  return undefined;
}
