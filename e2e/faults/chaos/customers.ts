import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { sleep } from "@/lib/clock";
import { cancelOrder, getOrder, placeOrder } from "@/lib/orders";
import { type Order, orderAcceptedSchema } from "@/lib/orders/schemas";
import { balances, makePartner, type TestPartner } from "@/local/testing/factories";
import type { Ware } from "./shelf";

export interface Placed {
  partner: TestPartner;
  id: string;
}

const PARTNERS = 5;
const FUNDS_MINOR = 1_000_000_000;
const MOST_CARDS = 3;
const LOOK_EVERY_MS = 200;
/** Each takes some connections at a time. */
const READ_AT_ONCE = 4;

/** Partners with money, who place orders by the verbs that the routes call. */
export class Customers {
  readonly placed: Placed[] = [];

  private constructor(
    private readonly partners: readonly TestPartner[],
    private readonly wares: readonly Ware[],
  ) {}

  static async open(wares: readonly Ware[]): Promise<Customers> {
    return new Customers(
      await Promise.all(Array.from({ length: PARTNERS }, () => makePartner({ fundsMinor: FUNDS_MINOR }))),
      wares,
    );
  }

  /** An order of one to three cards of one product; partners and products in turn. */
  place = (): Promise<Placed> => this.placeFor(this.busy[this.placed.length % this.busy.length]);

  /** Of the one partner who places nothing else, so that each cent of theirs is seen. */
  placeApart = (): Promise<Placed> => this.placeFor(this.partners[0]);

  private async placeFor(partner: TestPartner | undefined): Promise<Placed> {
    const number = this.placed.length;
    const ware = this.wares[number % this.wares.length];
    if (!partner || !ware) throw new Error("There is nobody to order, or nothing to be ordered");
    const input = { lines: [{ ...ware, quantity: 1 + (number % MOST_CARDS) }] };
    const { body } = await placeOrder(partner.ctx, input, randomUUID());
    const placed = { partner, id: orderAcceptedSchema.parse(JSON.parse(body)).id };
    this.placed.push(placed);
    return placed;
  }

  private get busy(): readonly TestPartner[] {
    return this.partners.slice(1);
  }

  /** So many orders, one after the other. */
  async flow(orders: number, everyMs: number): Promise<void> {
    for (let number = 0; number < orders; number++) {
      await this.place();
      await sleep(everyMs);
    }
  }

  /** Places as many as it takes to have so many wait, until it is called off. */
  keepWaiting(lines: number): void {
    const signal = { on: true };
    const working = this.fill(lines, signal);
    this.callOff = () => {
      signal.on = false;
      return working;
    };
  }

  /** Ends what `keepWaiting` began, if it did; throws what went wrong there. */
  callOff: () => Promise<void> = async () => undefined;

  private async fill(lines: number, signal: { on: boolean }): Promise<void> {
    while (signal.on) {
      for (let missing = lines - (await waitingLines()); missing > 0; missing--) await this.place();
      await sleep(LOOK_EVERY_MS);
    }
  }

  read = ({ partner, id }: Placed): Promise<Order> => getOrder(partner.ctx, id);

  /** Answers by how much available and held money changed. */
  async cancel({ partner, id }: Placed): Promise<{ availableMinor: number; heldMinor: number }> {
    const before = await balances(partner.partnerId);
    await cancelOrder(partner.ctx, id);
    const after = await balances(partner.partnerId);
    return { availableMinor: after.available - before.available, heldMinor: after.held - before.held };
  }

  /** Those of these orders as their partners see them. */
  async readAll(ids: readonly string[]): Promise<Order[]> {
    const wanted = this.placed.filter(({ id }) => ids.includes(id));
    const orders: Order[] = [];
    for (let first = 0; first < wanted.length; first += READ_AT_ONCE)
      orders.push(...(await Promise.all(wanted.slice(first, first + READ_AT_ONCE).map(this.read))));
    return orders;
  }

  /** What each partner's money should come to by their own orders, and what it comes to. */
  async sums(): Promise<{ expected: object[]; found: object[] }> {
    const expected = [];
    const found = [];
    for (const { partnerId } of this.partners) {
      const own = await this.readAll(this.placed.filter(({ partner }) => partner.partnerId === partnerId).map(({ id }) => id));
      const capturedMinor = own.reduce((sum, { captured }) => sum + captured.amountMinor, 0);
      expected.push({ available: FUNDS_MINOR - capturedMinor, held: 0 });
      found.push(await balances(partnerId));
    }
    return { expected, found };
  }
}

async function waitingLines(): Promise<number> {
  const { rows } = await db().execute<{ count: number }>(
    sql`select count(*)::int as count from order_lines where status = 'queued'`,
  );
  return rows[0]?.count ?? 0;
}
