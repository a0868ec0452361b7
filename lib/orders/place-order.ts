import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { type Ctx, requireMember } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { estimate, toFacts } from "@/lib/estimates";
import { formatMoney } from "@/lib/money";
import { priceListOf } from "@/lib/pricing";
import { acceptOrder, urgentRefused } from "./accept-order";
import { acceptanceFacts, acceptanceFactsSchema } from "./acceptance-facts";
import { type PricedOrder, priceLines } from "./price-lines";
import { hashRequest, replay, type StoredAnswer } from "./replay";
import type { PlaceOrderInput } from "./schemas";

/**
 * Accepts an order in two round trips to the database: one for what it is decided on (`acceptanceFacts`, which a caller may have
 * read already), one that
 * writes all. Nothing else is asked. The same key and body get the first answer again.
 */
export async function placeOrder(
  ctx: Ctx,
  input: PlaceOrderInput,
  idempotencyKey: string,
  known?: unknown,
): Promise<StoredAnswer> {
  const { partnerId, userId, role } = requireMember(ctx, "orders.place");
  const facts = known ?? (await loadFacts(partnerId, input, idempotencyKey));
  const { earlier, prices, products, urgentAllowed, queue } = acceptanceFactsSchema.parse(facts);
  const requestHash = hashRequest(input);
  if (earlier) return replay(earlier, requestHash);
  const lane = input.lane ?? "normal";
  if (lane === "urgent" && !urgentAllowed) throw urgentRefused();
  const priced = priceLines(priceListOf(prices), products, input);
  refuseDearer(priced, input.maxTotalMinor);
  const reference = input.reference || null;
  const told = estimate(toFacts(queue));
  return acceptOrder(db(), { partnerId, userId, role, priced, lane, told, reference, idempotencyKey, requestHash });
}

async function loadFacts(partnerId: string, input: PlaceOrderInput, idempotencyKey: string): Promise<unknown> {
  const { rows } = await db().execute<{ facts: unknown }>(
    sql`select ${acceptanceFacts(input, idempotencyKey, sql`${partnerId}::uuid`)} as facts`,
  );
  return rows[0]?.facts;
}

function refuseDearer({ totalMinor, currency }: PricedOrder, maxTotalMinor: number | undefined): void {
  if (maxTotalMinor === undefined || totalMinor <= maxTotalMinor) return;
  throw new AppError(
    "price_changed",
    `The price is now ${formatMoney(totalMinor, currency)}, above your limit of ${formatMoney(maxTotalMinor, currency)}. Check it and order again.`,
    {
      fields: [{ path: "maxTotalMinor", message: "below the present total" }],
      data: { totalMinor, maxTotalMinor, currency },
    },
  );
}
