import { randomInt, randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import type { Ctx } from "@/lib/auth";
import type { CheckoutOutcome, SupplierOrder } from "@/lib/bamboo";
import { beginAttempt } from "@/lib/dispatch/begin-attempt";
import { loadFacts } from "@/lib/dispatch/load-facts";
import { nextAction } from "@/lib/dispatch/next-action";
import { recordOutcome } from "@/lib/dispatch/record-outcome";
import { rejectDispatch } from "@/lib/dispatch/reject-dispatch";
import { settleDispatch } from "@/lib/dispatch/settle-dispatch";
import { AppError } from "@/lib/errors";
import { derivedId, derivedRequestId, newId } from "@/lib/ids";
import { majorText } from "@/lib/money";
import { cancelOrder, placeOrder } from "@/lib/orders";
import { ownAccounts, postTransfers, walletAccounts } from "@/lib/wallet";
import { claimOrder } from "@/local/testing/claim-order";
import { makeProduct } from "../factories";
import { type Answer, costOf, FOREIGN_PRODUCT } from "./orders-answers";
import type { Action } from "./orders-apply";
import { type Body, FACE_MINOR, FUNDS_MINOR, PRODUCTS, type Share, type Told, totalOf } from "./orders-model";

/** A partner with the rows that stand for a model in the database. */
export interface OrdersWorld {
  partnerId: string;
  ctx: Ctx;
  /** The catalogue's ids, as in `PRODUCTS`. */
  productIds: readonly number[];
  /** Attempts of a purchase, oldest first, by its id. */
  attempts: Map<string, { id: string; number: number }[]>;
  /** The first answer to each key. */
  answers: Map<string, string>;
}

/** Products of our own for a run, of which two are not in the catalogue as the model's bodies name them. */
export async function makeProducts(): Promise<number[]> {
  const absent = 3;
  // In the order in which a refused purchase is halved, so that the model can know its halves by the products' places here.
  const [first, second, third] = Array.from({ length: 3 }, () => randomInt(10_000_000, 2_000_000_000)).sort((a, b) =>
    `${a}:` < `${b}:` ? -1 : 1,
  );
  const [plain, dearer, twoLeft, soldOut] = [
    await makeProduct({ id: first }),
    await makeProduct({ id: second }),
    await makeProduct({ id: third, stock: 2 }),
    await makeProduct({ stock: 0 }),
  ];
  return [plain, dearer, twoLeft, soldOut, absent, plain];
}

/** A new partner with a price for each product and money, in few statements: there are thousands of them. No product is refused yet. */
export async function openOrdersWorld(productIds: readonly number[]): Promise<OrdersWorld> {
  const [partnerId, userId] = [newId(), randomUUID()];
  await readAnew(productIds);
  await db().execute(sql`with p as (insert into partners (id, name, currency) values (${partnerId}, ${`Model ${partnerId}`}, 'USD') returning id),
    u as (insert into users (id, name, email) values (${userId}, 'Model Person', ${`${userId}@test.example`}) returning id),
    m as (insert into members (id, partner_id, user_id, role) select ${newId()}::uuid, p.id, u.id, 'owner' from p, u),
    r as (insert into price_rules (id, partner_id, name, scope, scope_id, kind, basis_points)
      select r.id, p.id, 'model', r.scope, r.scope_id, 'discount_off_face', r.points from p, (values
        (${newId()}::uuid, 'default', null, 500), (${newId()}::uuid, 'product', ${String(productIds[1])}, 100)) r (id, scope, scope_id, points))
    insert into ledger_accounts (kind, partner_id, currency) select k, p.id, 'USD' from p, unnest(array['available', 'held']) k`);
  const [wallet, ours] = [await walletAccounts(db(), partnerId, "USD"), await ownAccounts(db(), ["funding"], "USD")];
  await postTransfers(db(), [
    {
      kind: "top_up",
      debitAccountId: ours.funding,
      creditAccountId: wallet.available,
      amountMinor: FUNDS_MINOR,
      currency: "USD",
    },
  ]);
  return {
    partnerId,
    ctx: {
      actor: { kind: "member", userId, partnerId, role: "owner" },
      requestId: newId(),
      from: { ipAddress: null, userAgent: "model" },
    },
    productIds,
    attempts: new Map(),
    answers: new Map(),
  };
}

/** As after the supplier was asked about them: what a refusal closed is open again. */
async function readAnew(productIds: readonly number[]): Promise<void> {
  const listed = PRODUCTS.map(({ stock }, at) => ({ id: productIds[at], stock })).slice(0, IN_CATALOGUE);
  await db().execute(sql`update products p set stock = l.stock, inactive_at = null, inactive_because = null
    from jsonb_to_recordset(${JSON.stringify(listed)}::jsonb) as l (id bigint, stock integer)
    where p.id = l.id and (p.inactive_at is not null or p.stock is distinct from l.stock)`);
}

/** Of `PRODUCTS`; the rest stand for none, or for one of them. */
const IN_CATALOGUE = 4;

export const orderIdOf = ({ partnerId }: OrdersWorld, key: string): string => derivedId("order", partnerId, key);

/** The id that the purchase of these order lines must have, whoever writes it. */
export function dispatchIdOf(world: OrdersWorld, name: string): string {
  const shares = name.split(" ").map((share): Share => {
    const [order = "", line] = share.split("/");
    return { order, line: Number(line) };
  });
  const lineIds = shares.map(({ order, line }) => derivedId("order line", orderIdOf(world, order), line));
  return derivedRequestId("dispatch", ...lineIds.sort());
}

/** Does it for real; answers what the caller is told, in the model's words. */
export async function performReal(world: OrdersWorld, action: Action): Promise<string> {
  try {
    return await dispatchAction(world, action);
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

async function dispatchAction(world: OrdersWorld, action: Action): Promise<string> {
  switch (action.do) {
    case "place":
      return place(world, action.key, action.body);
    case "cancel":
      return (await cancelOrder(world.ctx, orderIdOf(world, action.key))).status;
    case "claim":
      return (await claimOrder(orderIdOf(world, action.key))) === null ? "lost" : "claimed";
    case "settle":
      await settleDispatch(dispatchIdOf(world, action.name), supplierOrder(world, action.answer));
      return "done";
    case "begin":
      return begin(world, dispatchIdOf(world, action.name));
    case "answer":
      await record(world, dispatchIdOf(world, action.name), action.attempt, action.told);
      return "done";
    case "later":
      await later(dispatchIdOf(world, action.name));
      return "done";
    case "follow":
      await follow(dispatchIdOf(world, action.name));
      return "done";
  }
}

async function place(world: OrdersWorld, key: string, body: Body): Promise<string> {
  const lines = body.lines.map(({ product, quantity }) => ({
    productId: world.productIds[product] ?? 0,
    faceMinor: PRODUCTS[product]?.name === "otherFace" ? FACE_MINOR - 1 : FACE_MINOR,
    quantity,
  }));
  const ceiling = { none: {}, exact: { maxTotalMinor: totalOf(body) }, below: { maxTotalMinor: totalOf(body) - 1 } }[
    body.ceiling
  ];
  const answer = await placeOrder(world.ctx, { lines, ...ceiling }, key);
  const first = world.answers.get(key) ?? answer.body;
  if (answer.body !== first) throw new Error(`The answer to ${key} was ${first}, and now is ${answer.body}`);
  world.answers.set(key, first);
  return answer.replayed ? "replayed" : "accepted";
}

async function begin(world: OrdersWorld, dispatchId: string): Promise<string> {
  const { facts, nowMs } = await loadFacts(dispatchId);
  const attempt = nextAction(facts, nowMs).kind === "post" ? await beginAttempt(dispatchId, facts.attempts.length) : null;
  if (!attempt) return "refused";
  world.attempts.set(dispatchId, [...(world.attempts.get(dispatchId) ?? []), attempt]);
  return "begun";
}

async function record(world: OrdersWorld, dispatchId: string, at: number, told: Told): Promise<void> {
  const attempt = world.attempts.get(dispatchId)?.[at];
  if (!attempt) throw new Error(`Attempt ${at} of ${dispatchId} was never begun`);
  const outcome: CheckoutOutcome =
    told.kind === "throttled"
      ? { kind: "throttled", waitSeconds: 1 }
      : told.kind === "unknown"
        ? { kind: "unknown", cause: "model" }
        : told.kind === "rejected"
          ? { kind: "rejected", reason: told.reason }
          : { kind: "placed" };
  await recordOutcome(dispatchId, { ...attempt, httpStatus: null, outcome });
}

/** Longer than an attempt can take and a read can lag after it, and short of when people are called. */
const LATER_SECONDS = 75;
/** Longer than what is refused is ever left alone. */
const REFUSED_LATER_SECONDS = 16 * 60;

async function later(dispatchId: string): Promise<void> {
  const ago = sql`make_interval(secs => case when outcome = 'rejected' then ${REFUSED_LATER_SECONDS}::int else ${LATER_SECONDS}::int end)`;
  await db().execute(
    sql`update attempts set started_at = started_at - ${ago}, finished_at = finished_at - ${ago} where dispatch_id = ${dispatchId}`,
  );
  await db().execute(
    sql`update dispatches set last_read_at = now(), last_read_result = 'not_found', reads = reads + 1 where id = ${dispatchId} and status in ('prepared', 'placed')`,
  );
}

async function follow(dispatchId: string): Promise<void> {
  const { facts, nowMs } = await loadFacts(dispatchId);
  const next = nextAction(facts, nowMs);
  if (next.kind === "reject") await rejectDispatch(dispatchId, next.reason);
}

/** Apart from the sandbox's ids, which other suites store in the same tables. */
let nextCardId = 7_000_000_000_000;
const cardIds = new Map<string, number>();

function supplierOrder({ partnerId, productIds }: OrdersWorld, { word, items }: Answer): SupplierOrder {
  const cardId = (name: string) => {
    const known = cardIds.get(`${partnerId} ${name}`) ?? nextCardId++;
    cardIds.set(`${partnerId} ${name}`, known);
    return known;
  };
  return {
    supplierOrderId: 1,
    status: word,
    total: majorText(costOf(items), "USD"),
    currency: "USD",
    state: "final",
    items: items.map(({ product, cards }) => ({
      productId: product === FOREIGN_PRODUCT ? 1 : (productIds[product] ?? 0),
      faceValue: majorText(FACE_MINOR, "USD"),
      cards: cards.map(({ card, code }) => ({
        bambooCardId: cardId(card),
        code: `${partnerId} ${code}`,
        pin: null,
        serialNumber: null,
        expiresAt: null,
      })),
    })),
  };
}
