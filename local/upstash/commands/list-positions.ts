import type { Bytes } from "../engine/bytes";
import { arg } from "../engine/command";
import { syntaxError } from "../engine/errors";
import { integer } from "../engine/numbers";
import { RedisError, type Reply } from "../engine/reply";

/** LPOS: where an element stands. `args` are the element and then RANK, COUNT and MAXLEN with their values. */
export function positions(items: readonly Bytes[], args: readonly Bytes[]): Reply {
  const wanted = arg(args, 0);
  const { rank, count, maxLength } = parse(args.slice(1));
  const backwards = rank < 0;
  const limit = maxLength === 0 ? items.length : Math.min(maxLength, items.length);
  const found: number[] = [];
  let toSkip = Math.abs(rank) - 1;
  for (let step = 0; step < limit; step += 1) {
    const index = backwards ? items.length - 1 - step : step;
    if (items[index] !== wanted) continue;
    if (toSkip > 0) {
      toSkip -= 1;
      continue;
    }
    if (count === undefined) return index;
    found.push(index);
    if (found.length === count) break;
  }
  return count === undefined ? null : found;
}

function parse(words: readonly Bytes[]): { rank: number; count: number | undefined; maxLength: number } {
  let rank = 1;
  let count: number | undefined;
  let maxLength = 0;
  for (let index = 0; index < words.length; index += 2) {
    const value = integer(arg(words, index + 1));
    const word = arg(words, index).toUpperCase();
    if (word === "RANK") rank = value;
    else if (word === "COUNT") count = value;
    else if (word === "MAXLEN") maxLength = value;
    else throw syntaxError();
  }
  if (rank === 0) throw new RedisError("ERR RANK can't be zero: use 1 to start from the first match, -1 from the last");
  if (count !== undefined && count < 0) throw new RedisError("ERR COUNT can't be negative");
  if (maxLength < 0) throw new RedisError("ERR MAXLEN can't be negative");
  return { rank, count, maxLength };
}
