import { sql } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import { AppError } from "@/lib/errors";
import type { Estimate } from "@/lib/estimates";
import { derivedId, newId } from "@/lib/ids";
import { formatMoney } from "@/lib/money";
import { sqlState, violated } from "@/lib/postgres-errors";
import { type PricedOrder, quoteUsed } from "@/lib/quotes";
import { insufficientFunds } from "@/lib/wallet";
import { replay, type StoredAnswer } from "./replay";
import type { Lane } from "./schemas";

export interface Acceptance {
  partnerId: string;
  userId: string;
  role: string;
  priced: PricedOrder;
  lane: Lane;
  /** What the partner is told of when it will be settled. */
  told: Estimate;
  reference: string | null;
  idempotencyKey: string;
  requestHash: string;
}

const ACCEPTED = 202;
const LOCK_NOT_AVAILABLE = "55P03";

/**
 * Writes the order, its lines, timeline, event, answer and hold in one round trip (migration 0014). The ids of the order and its lines
 * follow from the partner and the key: the same request is the same order, even after the database was restored from yesterday's copy.
 */
export async function acceptOrder(executor: Executor, acceptance: Acceptance): Promise<StoredAnswer> {
  const { rows } = await runAccept(executor, requestOf(acceptance));
  const [written] = rows;
  if (!written) {
    throw new AppError("idempotency_key_reused", "This Idempotency-Key was used long ago. Make a new key for each new order.", {
      fields: [{ path: "Idempotency-Key", message: "used for an earlier order" }],
    });
  }
  if (!written.replayed) return { status: written.status, body: written.body, replayed: false };
  return replay({ ...written, requestHash: written.request_hash }, acceptance.requestHash);
}

async function runAccept(executor: Executor, request: Record<string, unknown>) {
  try {
    return await executor.execute<{ status: number; body: string; replayed: boolean; request_hash: string }>(
      sql`select * from accept_order(${JSON.stringify(request)}::jsonb)`,
    );
  } catch (cause) {
    if (violated(cause, "orders_member"))
      throw new AppError("forbidden", "This account, or your place in it, was changed a moment ago. Reload and ask an owner.", {
        cause,
      });
    if (violated(cause, "orders_lane")) throw urgentRefused(cause);
    if (violated(cause, "orders_quote_once")) throw quoteUsed(cause);
    if (violated(cause, "orders_price")) throw new PricesMoved(cause);
    if (violated(cause, "orders_product"))
      throw new AppError(
        "not_orderable",
        "What can be ordered changed a moment ago: a product of this order was withdrawn or switched off. Look at the catalogue again.",
        { cause },
      );
    if (sqlState(cause) === LOCK_NOT_AVAILABLE) {
      throw new AppError(
        "idempotency_in_progress",
        "This order waited too long for another one, of the same key or on the same wallet, and is not placed yet. Ask again with the same Idempotency-Key in a moment.",
        { retryAfterSeconds: 1, cause },
      );
    }
    throw insufficientFunds(cause) ?? cause;
  }
}

/** What the prices follow from changed between the reading and the writing: nothing was written, and all is to be read anew. */
export class PricesMoved extends AppError {
  constructor(cause: unknown) {
    super("unavailable", "Prices move at this moment, and the order is not placed. Ask again with the same Idempotency-Key.", {
      retryAfterSeconds: 1,
      cause,
    });
  }
}

/** Only some partners may let an order go before all others. */
export function urgentRefused(cause?: unknown): AppError {
  return new AppError(
    "forbidden",
    'Your account may not place urgent orders. Leave "lane" out, or ask your partner manager for the urgent lane.',
    { fields: [{ path: "lane", message: "urgent is not open to this account" }], cause },
  );
}

/** The argument of `accept_order`; names are its columns. */
function requestOf({ partnerId, userId, role, priced, lane, told, reference, idempotencyKey, requestHash }: Acceptance) {
  const { lines, currency, totalMinor, rateSnapshotId, quoteId, stand } = priced;
  const id = derivedId("order", partnerId, idempotencyKey);
  return {
    id,
    partner_id: partnerId,
    lane,
    estimated_from_ms: told.kind === "interval" ? told.fromMs : null,
    estimated_by_ms: told.kind === "interval" ? told.byMs : null,
    currency,
    total_minor: totalMinor,
    cards: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    reference,
    rate_snapshot_id: rateSnapshotId,
    quote_id: quoteId,
    priced_from: stand && { settings_version: stand.settingsVersion, products: stand.products },
    placed_by: userId,
    role,
    key: idempotencyKey,
    request_hash: requestHash,
    answer_status: ACCEPTED,
    event: {
      id: newId(),
      kind: "accepted",
      title: "Order accepted",
      detail: `${formatMoney(totalMinor, currency)} held on the wallet${quoteId === null ? "" : ", as quoted"}`,
    },
    lines: lines.map(({ product, faceMinor, quantity, unitPriceMinor, explanation }, position) => ({
      id: derivedId("order line", id, position),
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
  };
}
