import { type ReadPace, UNTAUGHT } from "@/lib/dispatch/read-pace";
import type { World } from "../engine/world";
import type { Account, Card, Dispatch, Order, OutboxRow, Transfer } from "./rows";

/** The simulated database. Only the files of this folder, and transactions of the application, write it. */
export interface Tables {
  orders: Order[];
  /** `idempotency_keys`: unique per partner and key. */
  ordersByKey: Map<string, Order>;
  dispatches: Dispatch[];
  cards: Card[];
  cardsById: Map<number, Card>;
  cardsByCode: Map<string, Card>;
  accounts: Account[];
  transfers: Transfer[];
  outbox: OutboxRow[];
  readPace: ReadPace;
}

export function emptyTables(): Tables {
  return {
    orders: [],
    ordersByKey: new Map(),
    dispatches: [],
    cards: [],
    cardsById: new Map(),
    cardsByCode: new Map(),
    accounts: [],
    transfers: [],
    outbox: [],
    readPace: UNTAUGHT,
  };
}

/** The account of a partner (null: ours) in one currency, made on first use. */
export function accountOf({ tables }: World, kind: Account["kind"], partner: number | null, currency: string): Account {
  for (const account of tables.accounts)
    if (account.kind === kind && account.partner === partner && account.currency === currency) return account;
  const account: Account = { kind, partner, currency, balanceMinor: 0 };
  tables.accounts.push(account);
  return account;
}

export function enqueue({ tables }: World, name: OutboxRow["name"], about: { order?: Order; dispatch?: Dispatch }): void {
  tables.outbox.push({ name, order: about.order ?? null, dispatch: about.dispatch ?? null, sent: false, lockedBy: null });
}

/** Stores a card where neither its id nor its code is stored yet (`on conflict do nothing`), and tells whether it was. */
export function storeCard({ tables, planted }: World, card: Card): boolean {
  if (planted !== "cards-not-unique" && (tables.cardsById.has(card.bambooCardId) || tables.cardsByCode.has(card.code)))
    return false;
  tables.cards.push(card);
  tables.cardsById.set(card.bambooCardId, card);
  tables.cardsByCode.set(card.code, card);
  return true;
}
