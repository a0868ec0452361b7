import type { Client } from "pg";
import type { BambooControl } from "@/local/bamboo/control";

interface Dispatch {
  id: string;
  cards: number;
}

/**
 * Compares orders, cards and ledger with what the supplier sold and charged, over all that ever happened in the database, once nothing is
 * open. Answers what does not agree, in words.
 */
export async function booksOff(database: Client, sandbox: BambooControl): Promise<string[]> {
  const [{ rows }, dispatches, bought, supplier] = await Promise.all([
    database.query<Record<string, number>>(OURS),
    database.query<Dispatch>(CARDS_OF_DISPATCHES),
    sandbox.orders(),
    sandbox.ledger(),
  ]);
  const [ours] = rows;
  if (!ours) throw new Error("The database did not tell its books");
  const soldOf = new Map(bought.map(({ requestId, sold }) => [requestId.toLowerCase(), sold]));
  const cardsOf = new Map(dispatches.rows.map(({ id, cards }) => [id, cards]));
  const charged = supplier.charges.map(({ requestId }) => requestId.toLowerCase());
  const sold = bought.reduce((sum, order) => sum + order.sold, 0);
  const expected: Record<string, number | undefined> = {
    cards: sold,
    cardIds: sold,
    codes: sold,
    delivered: sold,
    captured: ours.priceOfDelivered,
  };
  const unequal = Object.entries(ours)
    .filter(([name, found]) => name !== "priceOfDelivered" && found !== (name in expected ? expected[name] : 0))
    .map(([name, found]) => `${name} is ${found}, should be ${name in expected ? expected[name] : 0}`);
  return [
    ...unequal,
    ...[...soldOf].flatMap(([id, cards]) =>
      cardsOf.get(id) === cards ? [] : [`${id}: ${cards} bought, ${cardsOf.get(id)} delivered`],
    ),
    ...[...cardsOf].flatMap(([id, cards]) => (cards === 0 || soldOf.has(id) ? [] : [`${id}: ${cards} delivered, none bought`])),
    ...(charged.length === new Set(charged).size ? [] : ["a request was charged twice"]),
  ];
}

const CARDS_OF_DISPATCHES = `
  select d.id, (select count(*)::int from cards c join dispatch_lines l on l.id = c.dispatch_line_id where l.dispatch_id = d.id) as cards
  from dispatches d`;

const OURS = `
  select
    (select count(*)::int from orders where status in ('queued', 'processing', 'confirming')) as "openOrders",
    (select count(*)::int from dispatches where status in ('prepared', 'placed')) as "openDispatches",
    (select count(*)::int from cards) as cards,
    (select count(distinct bamboo_card_id)::int from cards) as "cardIds",
    (select count(distinct fingerprint)::int from cards) as codes,
    (select coalesce(sum(delivered), 0)::int from order_lines) as delivered,
    (select coalesce(sum(amount_minor), 0)::int from transfers where kind = 'capture') as captured,
    (select coalesce(sum(delivered * unit_price_minor), 0)::int from order_lines) as "priceOfDelivered",
    (select coalesce(sum(balance_minor), 0)::int from ledger_accounts where kind = 'held') as held,
    (select count(*)::int from (select from ledger_accounts group by currency having sum(balance_minor) <> 0) off) as "unbalancedCurrencies",
    (select count(*)::int from ledger_accounts a where balance_minor <>
      (select coalesce(sum(amount_minor), 0) from transfers where credit_account_id = a.id)
      - (select coalesce(sum(amount_minor), 0) from transfers where debit_account_id = a.id)) as "accountsOffTheirTransfers",
    (select count(*)::int from (
      select order_line_id from transfers where order_line_id is not null group by order_line_id
      having sum(amount_minor) filter (where kind = 'hold') <> sum(amount_minor) filter (where kind in ('capture', 'release'))) off) as "linesOffTheirHold",
    (select count(*)::int from outbox where sent_at is null) as "unsentEvents"`;
