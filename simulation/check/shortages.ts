import { Violation } from "../engine/failures";
import { count } from "../engine/tally";
import type { World } from "../engine/world";
import type { Dispatch, DispatchLine, Line } from "../store/rows";
import { type Checked, recordOf } from "./checked";

/** Remembers in which order lines were claimed: what their dispatch makes of it is what is checked. */
export function noteClaim(checked: Checked, lines: readonly Line[]): void {
  for (const line of lines) recordOf(checked, line).claimed = ++checked.claims;
}

/** A line is in one dispatch at a time; it may be in another only when that was refused. */
export function checkNewDispatch({ tables }: World, dispatch: Dispatch): void {
  for (const { allocations } of dispatch.lines)
    for (const { line } of allocations)
      for (const other of tables.dispatches)
        if (other !== dispatch && other.status !== "rejected" && isFor(other, line))
          throw new Violation("one purchase", `${line.id} is in ${dispatch.id}, and in ${other.id}, which is ${other.status}`);
}

function isFor({ lines }: Dispatch, line: Line): boolean {
  return lines.some(({ allocations }) => allocations.some((allocation) => allocation.line === line));
}

/** Of a settled dispatch: whoever was claimed later has cards only where everybody before it has all of theirs. */
export function checkShortages(world: World, { lines }: Dispatch): void {
  for (const dispatchLine of lines) if (dispatchLine.allocations.length > 1) checkShares(world, dispatchLine);
}

function checkShares(world: World, dispatchLine: DispatchLine): void {
  // A card that was sold before is nobody's, and whose it would have been is by chance.
  if (hadDuplicates(world, dispatchLine)) return;
  const { checked, tables } = world;
  const inOrder = [...dispatchLine.allocations].sort(
    (a, b) => recordOf(checked, a.line).claimed - recordOf(checked, b.line).claimed,
  );
  let short: Line | null = null;
  for (const { line, quantity } of inOrder) {
    let cards = 0;
    for (const card of tables.cards) if (card.dispatchLine === dispatchLine && card.line === line) cards += 1;
    if (short && cards > 0)
      throw new Violation(
        "shortage falls on the last",
        `${line.id} has ${cards} cards, and ${short.id}, claimed before it, lacks some`,
      );
    if (cards < quantity) short ??= line;
  }
  if (short) count(world.tally.facts, "shortages shared");
}

function hadDuplicates({ supplier, tables }: World, dispatchLine: DispatchLine): boolean {
  let sold = 0;
  for (const { items } of supplier.purchases)
    for (const item of items)
      if (item.dispatchLine === dispatchLine) for (const { code } of item.cards) if (code !== null) sold += 1;
  let stored = 0;
  for (const card of tables.cards) if (card.dispatchLine === dispatchLine) stored += 1;
  return stored < sold;
}
