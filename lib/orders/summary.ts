import { sql } from "drizzle-orm";
import { orderLines, orders, users } from "@/drizzle/schema";
import { intervalOf } from "@/lib/estimates";
import { orderNumber } from "@/lib/ids";
import type { OrderSummary } from "./schemas";
import type { OrderState } from "./states.shared";

/** Sums over an order's lines, as columns of one query: no query per order in a list. */
const overLines = <T>(expression: ReturnType<typeof sql>) =>
  sql<T>`(select ${expression} from ${orderLines} l where l.order_id = ${orders.id})`;

export const summaryColumns = {
  id: orders.id,
  sequence: orders.sequence,
  status: orders.status,
  reference: orders.reference,
  cards: orders.cards,
  currency: orders.currency,
  totalMinor: orders.totalMinor,
  createdAt: orders.createdAt,
  settledAt: orders.settledAt,
  lane: orders.lane,
  estimatedFrom: orders.estimatedFrom,
  estimatedBy: orders.estimatedBy,
  placedBy: users.name,
  firstProduct: overLines<string>(sql`min(l.product_name) filter (where l.position = 0)`),
  lines: overLines<number>(sql`count(*)`),
  delivered: overLines<number>(sql`coalesce(sum(l.delivered), 0)::bigint`),
  capturedMinor: overLines<number>(sql`coalesce(sum(l.delivered * l.unit_price_minor), 0)::bigint`),
  returnedMinor: overLines<number>(sql`coalesce(sum(l.returned_minor), 0)::bigint`),
};

interface SummaryRow {
  id: string;
  sequence: number;
  status: OrderState;
  reference: string | null;
  cards: number;
  currency: string;
  totalMinor: number;
  createdAt: Date;
  settledAt: Date | null;
  lane: "urgent" | "normal";
  estimatedFrom: Date | null;
  estimatedBy: Date | null;
  placedBy: string;
  firstProduct: string;
  lines: number;
  delivered: number;
  capturedMinor: number;
  returnedMinor: number;
}

export function toSummary(row: SummaryRow): OrderSummary {
  const money = (amountMinor: number | string) => ({ amountMinor: Number(amountMinor), currency: row.currency });
  const more = Number(row.lines) - 1;
  return {
    id: row.id,
    number: orderNumber(row.sequence),
    status: row.status,
    lane: row.lane,
    reference: row.reference,
    summary: more > 0 ? `${row.firstProduct} and ${more} more` : row.firstProduct,
    cards: row.cards,
    delivered: Number(row.delivered),
    total: money(row.totalMinor),
    captured: money(row.capturedMinor),
    returned: money(row.returnedMinor),
    placedBy: row.placedBy,
    createdAt: row.createdAt.toISOString(),
    settledAt: row.settledAt?.toISOString() ?? null,
    estimate: intervalOf(row.estimatedFrom, row.estimatedBy),
  };
}
