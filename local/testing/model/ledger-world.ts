import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/drizzle/client";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { newId } from "@/lib/ids";
import { ownAccounts, postTransfers, topUp } from "@/lib/wallet";
import { emptyLedger, type LedgerModel, type Movement, OWN_KINDS, own, type Two, wallet } from "./ledger-model";

/** The rows that stand for a model in the database. Each lane has two currencies of its own, so that our accounts are its own too. */
export interface LedgerWorld {
  partnerIds: readonly [string, string];
  currencies: readonly [string, string];
  /** One asks for adjustments and sets limits; large adjustments want both. */
  admins: readonly [Ctx, Ctx];
  adminId: string;
  accountIds: ReadonlyMap<string, number>;
  lines: { orderId: string; orderLineId: string; dispatchLineId: string | null }[];
  dispatchIds: string[];
}

const FIRST_LETTER = 65;

/** The two admins of a run. */
export async function makeAdmins(): Promise<readonly [Ctx, Ctx]> {
  return [await makeAdmin(), await makeAdmin()];
}

async function makeAdmin(): Promise<Ctx> {
  const userId = newId();
  await db().execute(
    sql`insert into users (id, name, email, staff_role) values (${userId}, 'Model Admin', ${`${userId}@test.example`}, 'admin')`,
  );
  return { actor: { kind: "staff", userId, role: "admin" }, requestId: newId(), from: { ipAddress: null, userAgent: "model" } };
}

/** Two new partners with an empty wallet in both currencies of the lane; our accounts go on from the lane's earlier sequences. */
export async function openLedgerWorld(
  lane: number,
  admins: readonly [Ctx, Ctx],
): Promise<{ world: LedgerWorld; model: LedgerModel }> {
  const { userId: adminId } = requireStaffActor(admins[0], "ledger.adjust");
  const partnerIds = [newId(), newId()] as const;
  const letter = String.fromCharCode(FIRST_LETTER + lane);
  const currencies = [`Q${letter}A`, `Q${letter}B`] as const;
  for (const currency of currencies) if (!opened.has(currency)) await ownAccounts(db(), OWN_KINDS, currency);
  for (const currency of currencies) opened.add(currency);
  await db().execute(sql`with named as (
      insert into partners (id, name, currency) select id, 'Model ' || id, ${currencies[0]} from unnest(${arrayOf(partnerIds)}::uuid[]) p (id) returning id)
    insert into ledger_accounts (kind, partner_id, currency)
      select kind, id, currency from unnest(array['available', 'held']) k (kind), named, unnest(${arrayOf(currencies)}) c (currency)`);
  const world = { partnerIds, currencies, admins, adminId, lines: [], dispatchIds: [] };
  const accounts = await readAccounts(world);
  const model = emptyLedger();
  for (const [name, { balanceMinor }] of accounts) {
    const account = model.accounts[name];
    if (account) account.balanceMinor = balanceMinor;
  }
  return { world: { ...world, accountIds: new Map([...accounts].map(([name, { id }]) => [name, id])) }, model };
}

const opened = new Set<string>();
const arrayOf = (items: readonly string[]) => sql`array[${sql.join([...items], sql`, `)}]`;

/** Every account of the world by its name in the model. */
export async function readAccounts({ partnerIds, currencies }: Pick<LedgerWorld, "partnerIds" | "currencies">) {
  const { rows } = await db().execute<{
    id: number;
    kind: string;
    partner: string | null;
    currency: string;
    balance: number;
    credit: number;
  }>(sql`
    select id, kind, partner_id as partner, currency, balance_minor as balance, credit_limit_minor as credit from ledger_accounts
    where currency in (${currencies[0]}, ${currencies[1]}) and (partner_id is null or partner_id in (${partnerIds[0]}, ${partnerIds[1]}))`);
  return new Map(
    rows.map(({ id, kind, partner, currency, balance, credit }) => {
      const money: Two = currency === currencies[0] ? 0 : 1;
      const who: Two = partner === partnerIds[0] ? 0 : 1;
      const name =
        kind === "available" || kind === "held"
          ? wallet(kind, who, money)
          : own(OWN_KINDS.find((known) => known === kind) ?? "sales", money);
      return [name, { id, balanceMinor: balance, creditLimitMinor: credit }] as const;
    }),
  );
}

/** Posts through the verb, and keeps the order lines in step, in one transaction. */
export function postReal(world: LedgerWorld, model: LedgerModel, movements: readonly Movement[], raw = false): Promise<unknown> {
  return db().transaction(async (tx) => {
    const rows = movements.map((movement) => toRow(world, model, movement));
    if (raw) for (const row of rows) await insertRaw(tx, row);
    else await postTransfers(tx, rows);
    const settled = movements.flatMap(({ line, kind, amountMinor }) =>
      line !== undefined && (kind === "capture" || kind === "release")
        ? [{ id: world.lines[line]?.orderLineId, kind, amount: amountMinor }]
        : [],
    );
    if (settled.length > 0)
      await tx.execute(sql`update order_lines l set delivered = delivered + captured, returned_minor = returned_minor + released
        from (select id, coalesce(sum(amount) filter (where kind = 'capture'), 0) as captured, coalesce(sum(amount) filter (where kind = 'release'), 0) as released
          from jsonb_to_recordset(${JSON.stringify(settled)}::jsonb) as s(id uuid, kind text, amount int) group by id) s
        where l.id = s.id`);
  });
}

type Row = ReturnType<typeof toRow>;

function toRow(world: LedgerWorld, { lines }: LedgerModel, movement: Movement) {
  const { kind, amountMinor, money } = movement;
  const id = (name: string) => world.accountIds.get(name) ?? 0;
  const told = movement.line === undefined ? undefined : lines[movement.line];
  return {
    kind,
    debitAccountId: id(movement.from),
    creditAccountId: id(movement.to),
    amountMinor,
    currency: world.currencies[money],
    orderLineId: told && movement.line !== undefined ? (world.lines[movement.line]?.orderLineId ?? null) : null,
    dispatchLineId: movement.shareOf === undefined ? null : (world.lines[movement.shareOf]?.dispatchLineId ?? null),
    dispatchId: movement.purchase === undefined ? null : (world.dispatchIds[movement.purchase] ?? null),
  };
}

function insertRaw(tx: Transaction, row: Row): Promise<unknown> {
  return tx.execute(sql`insert into transfers (id, kind, debit_account_id, credit_account_id, amount_minor, currency, order_line_id, dispatch_line_id, dispatch_id)
    values (${newId()}, ${row.kind}, ${row.debitAccountId}, ${row.creditAccountId}, ${row.amountMinor}, ${row.currency}, ${row.orderLineId}, ${row.dispatchLineId}, ${row.dispatchId})`);
}

export const topUpReal = (world: LedgerWorld, who: Two, money: Two, amountMinor: number): Promise<unknown> =>
  db().transaction((tx) =>
    topUp(tx, { partnerId: world.partnerIds[who], currency: world.currencies[money], amountMinor, memo: "model" }),
  );
