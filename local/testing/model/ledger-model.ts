/**
 * The ledger as it should be, in memory: what a statement of transfers changes, and by which named rules the database must refuse it.
 * Amounts are integer minor units. Every line is so many cards at one minor unit each, so that any part of a hold is a number of cards.
 */
export const OWN_KINDS = ["sales", "funding", "adjustments", "supplier_cost", "supplier_balance"] as const;
export const TRANSFER_KINDS = ["top_up", "hold", "capture", "release", "adjustment", "refund", "supplier_cost"] as const;
export type TransferKind = (typeof TRANSFER_KINDS)[number];
type AccountKind = (typeof OWN_KINDS)[number] | "available" | "held";

/** One of two partners; one of two currencies. */
export type Two = 0 | 1;

export interface Account {
  kind: AccountKind;
  /** Null for our own. */
  who: Two | null;
  money: Two;
  balanceMinor: number;
  creditLimitMinor: number;
}

export interface Line {
  who: Two;
  money: Two;
  cards: number;
  /** Which purchase was made for it, with which it is captured and given back; null while it waits. */
  purchase: number | null;
  hold: number | null;
  captured: number | null;
  released: number | null;
  refunded: number;
}

export interface LedgerModel {
  accounts: Record<string, Account>;
  lines: Line[];
  /** What each purchase cost us; null as long as that is not booked. */
  purchases: (number | null)[];
}

export interface Movement {
  kind: TransferKind;
  from: string;
  to: string;
  amountMinor: number;
  money: Two;
  line?: number;
  /** The line whose share of a purchase is named. */
  shareOf?: number;
  purchase?: number;
  /** What its adjustment says, signed as the partner sees it. */
  adjustment?: { who: Two; money: Two; amountMinor: number };
}

export const wallet = (kind: "available" | "held", who: Two, money: Two) => `${kind}.${who}.${money}`;
export const own = (kind: (typeof OWN_KINDS)[number], money: Two) => `${kind}.${money}`;

/** Accounts of two partners in two currencies, and ours, all at nothing. */
export function emptyLedger(): LedgerModel {
  const two = [0, 1] as const;
  const of = (kind: AccountKind, who: Two | null, money: Two): Account => ({
    kind,
    who,
    money,
    balanceMinor: 0,
    creditLimitMinor: 0,
  });
  const wallets = two.flatMap((who) =>
    two.flatMap((money) => (["available", "held"] as const).map((kind) => [wallet(kind, who, money), of(kind, who, money)])),
  );
  const ours = two.flatMap((money) => OWN_KINDS.map((kind) => [own(kind, money), of(kind, null, money)]));
  return { accounts: Object.fromEntries([...wallets, ...ours]), lines: [], purchases: [] };
}

/** The rules that one statement with these movements breaks; where there are none, the model moves on. */
export function post(model: LedgerModel, movements: readonly Movement[]): Set<string> {
  const after = structuredClone(model);
  const broken = new Set(movements.flatMap((movement) => [...shapeRules(after, movement), ...move(after, movement)]));
  for (const rule of sumRules(after)) broken.add(rule);
  if (broken.size === 0) Object.assign(model, after);
  return broken;
}

const MOVES: Record<TransferKind, (from: Account, to: Account) => boolean> = {
  hold: (from, to) => from.kind === "available" && to.kind === "held" && from.who === to.who,
  release: (from, to) => from.kind === "held" && to.kind === "available" && from.who === to.who,
  capture: (from, to) => from.kind === "held" && to.kind === "sales",
  top_up: (from, to) => from.kind === "funding" && to.kind === "available",
  refund: (from, to) => from.kind === "sales" && to.kind === "available",
  adjustment: (from, to) => [from.kind, to.kind].includes("adjustments") && [from.kind, to.kind].includes("available"),
  supplier_cost: (from, to) => from.kind === "supplier_balance" && to.kind === "supplier_cost",
};
const OF_A_LINE: readonly TransferKind[] = ["hold", "capture", "release", "refund"];

/** What a transfer may not be, whatever else there is. */
function shapeRules(model: LedgerModel, movement: Movement): string[] {
  const { kind, amountMinor, money, line, shareOf, purchase, adjustment } = movement;
  const [from, to] = [model.accounts[movement.from], model.accounts[movement.to]];
  if (!from || !to) throw new Error(`There is no account ${movement.from} or ${movement.to}`);
  const told = line === undefined ? undefined : model.lines[line];
  const holder = from.who ?? to.who;
  const rules: [string, boolean][] = [
    ["transfers_amount", amountMinor <= 0],
    ["transfers_accounts", movement.from === movement.to],
    ["transfers_currency", from.money !== money || to.money !== money],
    ["transfers_kind", !MOVES[kind](from, to)],
    ["transfers_line", ["hold", "capture", "release"].includes(kind) && !told],
    ["transfers_order_line", OF_A_LINE.includes(kind) !== (told !== undefined)],
    ["transfers_capture", kind === "capture" && shareOf === undefined],
    ["transfers_dispatch_line", shareOf !== undefined && kind !== "capture" && kind !== "release"],
    ["transfers_cost", kind === "supplier_cost" && purchase === undefined],
    ["transfers_partner", told !== undefined && (told.who !== holder || told.money !== money)],
    ["transfers_hold_price", kind === "hold" && told !== undefined && amountMinor > told.cards],
    ["transfers_allocation", shareOf !== undefined && shareOf !== line],
    ["transfers_release", kind === "release" && told !== undefined && told.purchase !== null && shareOf === undefined],
    ["transfers_adjustment", (kind === "adjustment") !== (adjustment !== undefined)],
    ["transfers_adjustment_match", kind === "adjustment" && !matches(movement, holder, to)],
  ];
  return rules.flatMap(([rule, isBroken]) => (isBroken ? [rule] : []));
}

function matches({ adjustment, amountMinor, money }: Movement, holder: Two | null, to: Account): boolean {
  const signed = to.kind === "available" ? amountMinor : -amountMinor;
  return adjustment?.who === holder && adjustment.money === money && adjustment.amountMinor === signed;
}

/** Moves the balances and fills the line's slots; answers the slots that were taken. */
function move(model: LedgerModel, { kind, from, to, amountMinor, line, purchase }: Movement): string[] {
  for (const [name, sign] of [[from, -1] as const, [to, 1] as const]) {
    const account = model.accounts[name];
    if (account) account.balanceMinor += sign * amountMinor;
  }
  if (kind === "supplier_cost" && purchase !== undefined) {
    const taken = (model.purchases[purchase] ?? null) !== null;
    model.purchases[purchase] = amountMinor;
    return taken ? ["transfers_one_cost"] : [];
  }
  const told = line === undefined ? undefined : model.lines[line];
  if (!told) return [];
  if (kind === "refund") told.refunded += amountMinor;
  if (kind !== "hold" && kind !== "capture" && kind !== "release") return [];
  const slot = ({ hold: "hold", capture: "captured", release: "released" } as const)[kind];
  const taken = told[slot] !== null;
  told[slot] = (told[slot] ?? 0) + amountMinor;
  return taken ? [`transfers_one_${kind}`] : [];
}

/** What must hold of all sums, after any statement. */
function sumRules({ accounts, lines }: LedgerModel): string[] {
  const all = Object.values(accounts);
  const rules: [string, boolean][] = [
    ["ledger_accounts_available", all.some((a) => a.kind === "available" && a.balanceMinor < -a.creditLimitMinor)],
    ["ledger_accounts_held", all.some((a) => a.kind === "held" && a.balanceMinor < 0)],
    ["transfers_within_hold", lines.some((l) => settled(l) > (l.hold ?? 0))],
    ["transfers_within_allocation", lines.some((l) => l.purchase !== null && settled(l) > l.cards)],
    ["transfers_refund", lines.some((l) => l.refunded > (l.captured ?? 0))],
  ];
  return rules.flatMap(([rule, isBroken]) => (isBroken ? [rule] : []));
}

export const settled = ({ captured, released }: Line): number => (captured ?? 0) + (released ?? 0);
