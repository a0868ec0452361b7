import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { z } from "zod";
import { db } from "@/drizzle/client";
import { asOwner, makePartner, makeProduct, type TestPartner } from "@/local/testing/factories";
import { HEAVY_LINES } from "../product-pace";
import { estimateFacts, estimateFactsSchema } from "./estimate-facts";

/** An order of as many lines of the product, of two cards each, straight into the queue. */
async function makeQueued({ partnerId, ctx }: TestPartner, productId: number, lines: number): Promise<string> {
  const id = randomUUID();
  const placedBy = ctx.actor.kind === "member" ? ctx.actor.userId : "";
  await asOwner(async (owner) => {
    await owner.execute(sql`insert into orders (id, partner_id, currency, total_minor, cards, placed_by) values
      (${id}::uuid, ${partnerId}::uuid, 'USD', 1, 1, ${placedBy})`);
    await owner.execute(sql`insert into order_lines (id, order_id, partner_id, position, product_id, product_name, brand_name, face_minor, face_currency, quantity, unit_price_minor)
      select gen_random_uuid(), ${id}::uuid, ${partnerId}::uuid, n, ${productId}::bigint, 'Example', 'Example', 1000, 'USD', 2, 1000
      from generate_series(1, ${lines}::integer) n`);
  });
  return id;
}

const aheadSchema = z.object({ ownCardsAhead: z.number(), othersCards: z.array(z.number()), capped: z.boolean() });

async function productAhead(productId: number, partnerId: string, mostLines: number, exceptOrder: string = randomUUID()) {
  const { rows } = await db().execute<{ ahead: unknown }>(
    sql`select product_ahead(${productId}::bigint, ${partnerId}::uuid, ${mostLines}::integer, now(), ${exceptOrder}::uuid) as ahead`,
  );
  return aheadSchema.parse(rows[0]?.ahead);
}

test("what waits of a product is summed by partner; others count as far as they come before, and a cap that was hit is told", async () => {
  const productId = await makeProduct();
  const [own, small, large] = await Promise.all([makePartner(), makePartner(), makePartner()]);
  const ownOrder = await makeQueued(own, productId, 3);
  await makeQueued(small, productId, 2);
  await makeQueued(large, productId, 300);
  const ahead = await productAhead(productId, own.partnerId, 1_000);
  expect(ahead).toMatchObject({ ownCardsAhead: 6, capped: false });
  // Of the large one no more lines are read than the own cards, since it comes before with as many cards at most.
  expect([...ahead.othersCards].sort((a, b) => a - b)).toEqual([4, 12]);
  expect(await productAhead(productId, own.partnerId, 1_000, ownOrder)).toEqual({
    ownCardsAhead: 0,
    othersCards: [],
    capped: false,
  });
  expect(await productAhead(productId, own.partnerId, 3)).toMatchObject({ ownCardsAhead: 6, capped: true });
  expect(await productAhead(productId, own.partnerId, 8)).toMatchObject({ capped: true });
  expect(await productAhead(productId, large.partnerId, 300)).toMatchObject({ ownCardsAhead: 600, capped: true });
});

test("a partner is heavy as planning has it, with the lines that it is about to add", async () => {
  const productId = await makeProduct();
  const partner = await makePartner();
  await makeQueued(partner, productId, HEAVY_LINES - 1);
  const heavyWith = async (newLines: number) => {
    const facts = estimateFacts(
      sql`${partner.partnerId}::uuid`,
      "normal",
      Array.from({ length: newLines }, () => productId),
    );
    const { rows } = await db().execute<{ facts: unknown }>(sql`select ${facts} as facts`);
    return estimateFactsSchema.parse(rows[0]?.facts).heavy;
  };
  expect([await heavyWith(1), await heavyWith(2), await heavyWith(HEAVY_LINES + 5)]).toEqual([false, true, true]);
});
