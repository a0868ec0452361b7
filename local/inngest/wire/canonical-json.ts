import type { Json } from "./json";

/**
 * JSON with sorted keys and no white space (RFC 8785 as the SDK reads it). Both sides sign this form, because the SDK
 * hands its parsed body, not the raw bytes, to the check.
 */
export function canonicalJson(value: Json | undefined): string {
  if (value === null || value === undefined || typeof value !== "object") return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${value.map((entry) => canonicalJson(entry)).join(",")}]`;
  const parts: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const entry = value[key];
    if (entry !== undefined) parts.push(`${JSON.stringify(key)}:${canonicalJson(entry)}`);
  }
  return `{${parts.join(",")}}`;
}
