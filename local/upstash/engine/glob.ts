import type { Bytes } from "./bytes";

/**
 * Whether bytes match a Redis pattern (`*`, `?`, `[a-z]`, `[^x]`, `\` before a literal). Only the last star is ever
 * tried again, so the time is at most pattern × text.
 */
export function matchesGlob(pattern: Bytes, text: Bytes): boolean {
  let inPattern = 0;
  let inText = 0;
  let afterStar = -1;
  let starText = 0;
  while (inText < text.length) {
    if (pattern[inPattern] === "*") {
      inPattern += 1;
      afterStar = inPattern;
      starText = inText;
      continue;
    }
    const next = matchOne(pattern, inPattern, text.charCodeAt(inText));
    if (next > 0) {
      inPattern = next;
      inText += 1;
      continue;
    }
    if (afterStar < 0) return false;
    starText += 1;
    inText = starText;
    inPattern = afterStar;
  }
  while (pattern[inPattern] === "*") inPattern += 1;
  return inPattern >= pattern.length;
}

/** The place in the pattern after one matched byte, or 0. */
function matchOne(pattern: Bytes, at: number, code: number): number {
  if (at >= pattern.length) return 0;
  const sign = pattern[at];
  if (sign === "?") return at + 1;
  if (sign === "[") return matchClass(pattern, at + 1, code);
  const literal = sign === "\\" && at + 1 < pattern.length ? at + 1 : at;
  return pattern.charCodeAt(literal) === code ? literal + 1 : 0;
}

function matchClass(pattern: Bytes, start: number, code: number): number {
  let at = start;
  const negated = pattern[at] === "^";
  if (negated) at += 1;
  let found = false;
  while (at < pattern.length && pattern[at] !== "]") {
    if (pattern[at] === "\\" && at + 1 < pattern.length) at += 1;
    const from = pattern.charCodeAt(at);
    const isRange = pattern[at + 1] === "-" && at + 2 < pattern.length;
    const to = isRange ? pattern.charCodeAt(at + 2) : from;
    if (code >= Math.min(from, to) && code <= Math.max(from, to)) found = true;
    at += isRange ? 3 : 1;
  }
  return found === negated ? 0 : Math.min(at + 1, pattern.length);
}
