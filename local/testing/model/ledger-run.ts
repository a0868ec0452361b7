import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { db } from "@/drizzle/client";
import type { Ctx } from "@/lib/auth";
import { newId } from "@/lib/ids";
import { approveAdjustment, requestAdjustment, setCreditLimit } from "@/lib/wallet";
import { isLargeAdjustment } from "@/lib/wallet/ledger.schemas";
import { type LedgerCommand, movementsOf, type TAMPERINGS } from "./ledger-commands";
import { type LedgerModel, type Line, type Movement, own, post, type Two, wallet } from "./ledger-model";
import { endOrders, placeReal } from "./ledger-orders";
import { type LedgerWorld, openLedgerWorld, postReal, readAccounts, topUpReal } from "./ledger-world";
import { refusalOf } from "./refusal";

/** What the two partners begin with: one can afford a few lines, the other hardly one. */
const STARTING_MINOR = [700, 120];

const firstTopUp = (who: Two, amountMinor: number): Movement => ({
  kind: "top_up",
  from: own("funding", 0),
  to: wallet("available", who, 0),
  amountMinor,
  money: 0,
});

/** Runs one sequence against the model and the database. Throws where a refusal or a balance differs. */
export async function runLedgerSequence(
  lane: number,
  admins: readonly [Ctx, Ctx],
  commands: readonly LedgerCommand[],
): Promise<void> {
  const { world, model } = await openLedgerWorld(lane, admins);
  const start = STARTING_MINOR.map((amountMinor, index) => firstTopUp(index === 0 ? 0 : 1, amountMinor));
  expect([await refusalOf(postReal(world, model, start)), post(model, start).size]).toEqual([null, 0]);
  for (const [index, command] of commands.entries()) await step(world, model, command, `command ${index}, ${command.do}`);
  await giveBackTheRest(world, model);
  await endOrders(world);
  await checkReplay(world);
}

/** In one statement; of a line that was given back in part before, the rest stays held. */
async function giveBackTheRest(world: LedgerWorld, model: LedgerModel): Promise<void> {
  const rest = model.lines.flatMap(({ released }, line) => (released === null ? movementsOf(model, { do: "giveUp", line }) : []));
  const refusal = rest.length > 0 ? await refusalOf(postReal(world, model, rest)) : null;
  expect({ refusal, broken: [...post(model, rest)] }, "giving the rest back at the end").toEqual({ refusal: null, broken: [] });
  await expectBalances(world, model, "giving the rest back at the end");
}

async function step(world: LedgerWorld, model: LedgerModel, command: LedgerCommand, name: string): Promise<void> {
  const { broken, refusal } = await perform(world, model, command);
  if (broken.size === 0) expect(refusal, `${name} is allowed`).toBeNull();
  else expect([...broken], `${name} is refused by a rule that it breaks`).toContain(refusal);
  await expectBalances(world, model, name);
}

async function expectBalances(world: LedgerWorld, model: LedgerModel, when: string): Promise<void> {
  const of = (accounts: Iterable<readonly [string, { balanceMinor: number; creditLimitMinor: number }]>) =>
    Object.fromEntries([...accounts].map(([at, { balanceMinor, creditLimitMinor }]) => [at, [balanceMinor, creditLimitMinor]]));
  expect(of(await readAccounts(world)), `balances and limits after ${when}`).toEqual(of(Object.entries(model.accounts)));
}

interface Performed {
  /** The rules that the model says it breaks; empty is allowed. */
  broken: Set<string>;
  /** What the database said; null is done. */
  refusal: string | null;
}

async function perform(world: LedgerWorld, model: LedgerModel, command: LedgerCommand): Promise<Performed> {
  switch (command.do) {
    case "topUp": {
      const { who, money, amountMinor } = command;
      const movement = {
        kind: "top_up" as const,
        from: own("funding", money),
        to: wallet("available", who, money),
        amountMinor,
        money,
      };
      return { broken: post(model, [movement]), refusal: await refusalOf(topUpReal(world, who, money, amountMinor)) };
    }
    case "hold":
      return hold(world, model, command);
    case "rush":
      return rush(world, model, command);
    case "adjust":
      return adjust(world, model, command);
    case "credit":
      return credit(world, model, command);
    case "tamper":
      return { broken: new Set(["42501"]), refusal: await refusalOf(tamper(world, command.how)) };
    default: {
      const movements = movementsOf(model, command);
      if (movements.length === 0) return { broken: new Set(), refusal: null };
      return {
        refusal: await refusalOf(postReal(world, model, movements, command.do === "attack")),
        broken: post(model, movements),
      };
    }
  }
}

type Of<K extends LedgerCommand["do"]> = Extract<LedgerCommand, { do: K }>;

/** The model's side of an order: its lines, then their holds. */
function holdInModel(model: LedgerModel, { who, money, cards, bought, more }: Omit<Of<"hold">, "do">): Set<string> {
  const after = structuredClone(model);
  const first = after.lines.length;
  if (bought) after.purchases.push(null);
  const purchase = bought ? after.purchases.length - 1 : null;
  after.lines.push(
    ...cards.map(
      (count): Line => ({ who, money, cards: count, purchase, hold: null, captured: null, released: null, refunded: 0 }),
    ),
  );
  const [from, to] = [wallet("available", who, money), wallet("held", who, money)];
  const movements = cards.map((count, index) => ({
    kind: "hold" as const,
    from,
    to,
    amountMinor: count + (index === 0 ? more : 0),
    money,
    line: first + index,
  }));
  const broken = post(after, movements);
  if (broken.size === 0) Object.assign(model, after);
  return broken;
}

async function hold(world: LedgerWorld, model: LedgerModel, command: Of<"hold">): Promise<Performed> {
  const refusal = await refusalOf(placeReal(world, command).then((placed) => remember(world, placed)));
  return { refusal, broken: holdInModel(model, command) };
}

function remember(world: LedgerWorld, placed: Pick<LedgerWorld, "lines" | "dispatchIds">): void {
  world.lines.push(...placed.lines);
  world.dispatchIds.push(...placed.dispatchIds);
}

/** Several orders of one price on one wallet at once: as many are accepted as it covers, and the others are refused for that. */
async function rush(world: LedgerWorld, model: LedgerModel, { who, money, cards, times }: Of<"rush">): Promise<Performed> {
  const order = { who, money, cards: [cards], bought: true, more: 0 };
  const tried = await Promise.allSettled(Array.from({ length: times }, () => placeReal(world, order)));
  let accepted = 0;
  while (accepted < times && holdInModel(model, order).size === 0) accepted += 1;
  expect(tried.filter(({ status }) => status === "fulfilled")).toHaveLength(accepted);
  for (const attempt of tried) {
    if (attempt.status === "fulfilled") remember(world, attempt.value);
    else expect(await refusalOf(Promise.reject(attempt.reason))).toBe("ledger_accounts_available");
  }
  return { broken: new Set(), refusal: null };
}

/** A large one moves nothing until the other admin approves it, and its author cannot. */
async function adjust(world: LedgerWorld, model: LedgerModel, { who, money, amountMinor }: Of<"adjust">): Promise<Performed> {
  const [author, other] = world.admins;
  const currency = world.currencies[money];
  const input = { partnerId: world.partnerIds[who], currency, amountMinor, reason: "as the model says" };
  const [ours, theirs] = [own("adjustments", money), wallet("available", who, money)];
  const [from, to] = amountMinor > 0 ? [ours, theirs] : [theirs, ours];
  const size = Math.abs(amountMinor);
  const movement = { kind: "adjustment" as const, from, to, amountMinor: size, money, adjustment: { who, money, amountMinor } };
  const asked = requestAdjustment(author, input, newId());
  if (!isLargeAdjustment(amountMinor, currency)) return { refusal: await refusalOf(asked), broken: post(model, [movement]) };
  const { adjustment } = await asked;
  expect(adjustment.status).toBe("pending");
  await expectBalances(world, model, "an adjustment that is pending");
  await expect(approveAdjustment(author, adjustment.id)).rejects.toMatchObject({ code: "forbidden" });
  return { refusal: await refusalOf(approveAdjustment(other, adjustment.id)), broken: post(model, [movement]) };
}

async function credit(world: LedgerWorld, model: LedgerModel, { who, money, limitMinor }: Of<"credit">): Promise<Performed> {
  const account = model.accounts[wallet("available", who, money)];
  const broken = new Set(account && account.balanceMinor < -limitMinor ? ["ledger_accounts_available"] : []);
  if (account && broken.size === 0) account.creditLimitMinor = limitMinor;
  const input = { partnerId: world.partnerIds[who], currency: world.currencies[money], creditLimitMinor: limitMinor };
  return { broken, refusal: await refusalOf(setCreditLimit(world.admins[0], input)) };
}

function tamper(world: LedgerWorld, how: (typeof TAMPERINGS)[number]): Promise<unknown> {
  const account = world.accountIds.get(wallet("available", 0, 0)) ?? 0;
  const attempts = {
    balance: sql`update ledger_accounts set balance_minor = balance_minor + 1 where id = ${account}`,
    limit: sql`update ledger_accounts set credit_limit_minor = 1000 where id = ${account}`,
    own_account: sql`insert into ledger_accounts (kind, currency, balance_minor) values ('sales', 'QZZ', 5)`,
    change: sql`update transfers set amount_minor = 1 where credit_account_id = ${account}`,
    remove: sql`delete from transfers where credit_account_id = ${account}`,
    truncate: sql`truncate transfers`,
    triggers: sql`alter table transfers disable trigger all`,
    line_price: sql`update order_lines set unit_price_minor = 2 where order_id = ${world.lines[0]?.orderId ?? null}`,
  };
  return db().execute(attempts[how]);
}

/** The transfers give the balances, and each currency adds up to nothing. */
async function checkReplay({ accountIds, currencies }: LedgerWorld): Promise<void> {
  const { rows } = await db().execute<{ drifted: number; sum: number }>(sql`
    select
      (select count(*)::int from ledger_accounts a where a.id = any(array[${sql.join([...accountIds.values()], sql`, `)}]::bigint[]) and a.balance_minor <>
        coalesce((select sum(amount_minor) from transfers where credit_account_id = a.id), 0) - coalesce((select sum(amount_minor) from transfers where debit_account_id = a.id), 0)) as drifted,
      (select coalesce(max(abs(s.sum)), 0)::bigint from (select sum(balance_minor) as sum from ledger_accounts where currency in (${currencies[0]}, ${currencies[1]}) group by currency) s) as sum`);
  expect(rows[0]).toEqual({ drifted: 0, sum: 0 });
}
