import { Refused } from "../engine/failures";
import type { World } from "../engine/world";

/** What a transaction has to undo when the database refuses it. */
export interface Journal {
  rows: object[];
  copies: object[];
}

/** All or nothing: what `work` changed is undone when a constraint refuses it. Rows are named to `touch` before they change. */
export function transaction<Result>(world: World, work: () => Result): Result {
  const { tables } = world;
  const journal: Journal = { rows: [], copies: [] };
  const orders = tables.orders.length;
  const dispatches = tables.dispatches.length;
  const cards = tables.cards.length;
  const transfers = tables.transfers.length;
  const outbox = tables.outbox.length;
  world.journal = journal;
  try {
    return work();
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown;
    world.tally.refusals[thrown.constraint] = (world.tally.refusals[thrown.constraint] ?? 0) + 1;
    for (let change = journal.rows.length - 1; change >= 0; change--)
      Object.assign(journal.rows[change] ?? {}, journal.copies[change]);
    for (const card of tables.cards.slice(cards)) {
      tables.cardsById.delete(card.bambooCardId);
      tables.cardsByCode.delete(card.code);
    }
    for (const [key, order] of tables.ordersByKey) if (tables.orders.indexOf(order) >= orders) tables.ordersByKey.delete(key);
    tables.orders.length = orders;
    tables.dispatches.length = dispatches;
    tables.cards.length = cards;
    tables.transfers.length = transfers;
    tables.outbox.length = outbox;
    throw thrown;
  } finally {
    world.journal = null;
  }
}

/** Remembers a row as it is before the open transaction changes it. */
export function touch({ journal }: World, row: object): void {
  if (!journal) return;
  journal.rows.push(row);
  journal.copies.push({ ...row });
}
