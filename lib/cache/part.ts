import type { SQL } from "drizzle-orm";
import type { z } from "zod";

/** A named value, and the form that it is kept in. */
export interface Entry<Value = unknown> {
  /** Bears every version that the value follows from: what is kept under it is then never wrong, only forgotten. */
  key: string;
  schema: z.ZodType<Value>;
}

/** A named value that can be read from the database within any query, and kept under a key that names its version. */
export interface Part<Value = unknown> extends Entry<Value> {
  ttlSeconds: number;
  /** A JSON expression. It may be newer than its key says, never older: versions are read before it. */
  sql: SQL;
}

export type Parts = Record<string, Part>;
export type ValuesOf<P extends Parts> = { readonly [Name in keyof P]: P[Name] extends Part<infer Value> ? Value : never };

/** A value with the JSON text it came as, which is what its size is counted by. */
export interface Held<Value = unknown> {
  value: Value;
  text: string;
}

/** Parses JSON text as the entry says; undefined where it does not fit. */
export function parsePart<Value>({ schema }: Entry<Value>, text: string): Held<Value> | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? { value: parsed.data, text } : undefined;
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}
