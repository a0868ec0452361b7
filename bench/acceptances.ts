import { randomUUID } from "node:crypto";
import { newId } from "@/lib/ids";
import type { Acceptance } from "@/lib/orders/accept-order";
import type { PricedOrder } from "@/lib/quotes";
import { CURRENCY, type Person } from "./population";

const UNIT_PRICE_MINOR = 950;
const FACE_MINOR = 1_000;

/** One line of one card: the smallest order, so that what is measured is what every order costs. */
export function pricedOrder(productId: number): PricedOrder {
  const product = {
    productId,
    name: `Product ${productId}`,
    brandId: "900",
    brandName: "Bench",
    logoUrl: null,
    faceCurrency: CURRENCY,
    faceMinMinor: FACE_MINOR,
    faceMaxMinor: FACE_MINOR,
    costMin: "9",
    costMax: "9",
    costCurrency: CURRENCY,
    stock: null,
    withdrawn: false,
    inactive: false,
    brandOff: false,
    categoryIds: [],
  };
  const explanation = { text: "9.50 USD = 10.00 USD, less 5 %, rule: Bench", rule: "Bench", rate: null };
  const line = { product, faceMinor: FACE_MINOR, quantity: 1, unitPriceMinor: UNIT_PRICE_MINOR, explanation };
  return { lines: [line], currency: CURRENCY, totalMinor: UNIT_PRICE_MINOR, rateSnapshotId: null, quoteId: null, stand: null };
}

const REQUEST_HASH = "00".repeat(32);

/** What the product's own verb takes, under a key of its own. */
export function acceptance({ partnerId, userId, role }: Omit<Person, "cookie">, priced: PricedOrder): Acceptance {
  return {
    partnerId,
    userId,
    role,
    priced,
    lane: "normal",
    told: { kind: "none", because: "not_learned" },
    reference: null,
    idempotencyKey: randomUUID(),
    requestHash: REQUEST_HASH,
  };
}

/** The same order as the SQL function takes it (its argument, as JSON), for who calls that without the product. */
export function bareRequest({ partnerId, userId, role }: Person, { lines, currency, totalMinor }: PricedOrder): string {
  return JSON.stringify({
    id: randomUUID(),
    partner_id: partnerId,
    currency,
    total_minor: totalMinor,
    cards: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    reference: null,
    rate_snapshot_id: null,
    quote_id: null,
    placed_by: userId,
    role,
    key: randomUUID(),
    request_hash: REQUEST_HASH,
    answer_status: 202,
    event: { id: newId(), kind: "accepted", title: "Order accepted", detail: "9.50 USD held on the wallet" },
    lines: lines.map(({ product, faceMinor, quantity, unitPriceMinor, explanation }, position) => ({
      id: randomUUID(),
      hold_id: newId(),
      position,
      product_id: product.productId,
      product_name: product.name,
      brand_name: product.brandName,
      logo_url: product.logoUrl,
      face_minor: faceMinor,
      face_currency: product.faceCurrency,
      quantity,
      unit_price_minor: unitPriceMinor,
      price_basis: explanation,
    })),
  });
}
