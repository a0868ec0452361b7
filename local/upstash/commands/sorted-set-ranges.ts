import type { Bytes } from "../engine/bytes";
import { arg } from "../engine/command";
import { syntaxError } from "../engine/errors";
import { double, integer } from "../engine/numbers";
import { RedisError } from "../engine/reply";
import { firstIndex, type Scored } from "../engine/sorted-set";
import { bounds } from "./lists";

export type RangeKind = "rank" | "score" | "lex";
/** The first position of a range and the one after its last. */
export type Span = [from: number, to: number];

export interface RangeQuery {
  kind: RangeKind;
  reversed: boolean;
  withScores: boolean;
  limit: { offset: number; count: number } | undefined;
}

/** The members in a range, from lowest to highest or the other way; `first` and `last` are as the command has them. */
export function selectRange(items: readonly Scored[], first: Bytes, last: Bytes, query: RangeQuery): Scored[] {
  if (query.kind === "rank") {
    const inOrder = query.reversed ? items.toReversed() : items;
    return inOrder.slice(...bounds(items.length, integer(first), integer(last)));
  }
  const [low, high] = query.reversed ? [last, first] : [first, last];
  const span = query.kind === "score" ? scoreSpan(items, low, high) : lexSpan(items, low, high);
  const found = items.slice(...span);
  if (query.reversed) found.reverse();
  if (!query.limit) return found;
  const { offset, count } = query.limit;
  if (offset < 0) return [];
  return count < 0 ? found.slice(offset) : found.slice(offset, offset + count);
}

export function rankSpan(items: readonly Scored[], start: Bytes, stop: Bytes): Span {
  return bounds(items.length, integer(start), integer(stop));
}

export function scoreSpan(items: readonly Scored[], min: Bytes, max: Bytes): Span {
  const low = scoreBound(min);
  const high = scoreBound(max);
  const from = firstIndex(items, ({ score }) => (low.open ? score > low.score : score >= low.score));
  const to = firstIndex(items, ({ score }) => (high.open ? score >= high.score : score > high.score));
  return [from, Math.max(from, to)];
}

export function lexSpan(items: readonly Scored[], min: Bytes, max: Bytes): Span {
  const from = lexIndex(items, min, "min");
  const to = lexIndex(items, max, "max");
  return [from, Math.max(from, to)];
}

/** The words after a range: BYSCORE, BYLEX and REV where `start` leaves them open, LIMIT and WITHSCORES. */
export function parseRange(words: readonly Bytes[], start: Partial<RangeQuery> = {}, fixed = false): RangeQuery {
  const query: RangeQuery = { kind: "rank", reversed: false, withScores: false, limit: undefined, ...start };
  for (let index = 0; index < words.length; index += 1) {
    const word = arg(words, index).toUpperCase();
    if (word === "WITHSCORES") query.withScores = true;
    else if (word === "BYSCORE" && !fixed) query.kind = "score";
    else if (word === "BYLEX" && !fixed) query.kind = "lex";
    else if (word === "REV" && !fixed) query.reversed = true;
    else if (word === "LIMIT") {
      query.limit = { offset: integer(arg(words, index + 1)), count: integer(arg(words, index + 2)) };
      index += 2;
    } else throw syntaxError();
  }
  if (query.limit && query.kind === "rank") {
    throw new RedisError("ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX");
  }
  if (query.withScores && query.kind === "lex") {
    throw new RedisError("ERR syntax error, WITHSCORES not supported in combination with BYLEX");
  }
  return query;
}

function scoreBound(text: Bytes): { score: number; open: boolean } {
  const open = text.startsWith("(");
  try {
    return { score: double(open ? text.slice(1) : text), open };
  } catch (error) {
    if (error instanceof RedisError) throw new RedisError("ERR min or max is not a float");
    throw error;
  }
}

function lexIndex(items: readonly Scored[], text: Bytes, side: "min" | "max"): number {
  if (text === "-") return 0;
  if (text === "+") return items.length;
  const value = text.slice(1);
  if (text.startsWith("[")) return firstIndex(items, ({ member }) => (side === "min" ? member >= value : member > value));
  if (text.startsWith("(")) return firstIndex(items, ({ member }) => (side === "min" ? member > value : member >= value));
  throw new RedisError("ERR min or max not valid string range item");
}
