import { add, fraction, roundFraction } from "@/lib/money";
import { type Called, exchange, wayOf } from "./request";
import { throttleSeconds } from "./throttle";
import { type WireOrdersReport, wireOrdersReport } from "./wire";

/** A purchase as the report of orders tells it, its lines put together. */
export interface ReportedPurchase {
  /** Lower-case. */
  requestId: string;
  /** Bamboo's own, `O-` and digits. */
  orderNumber: string;
  /** Bamboo's own word. */
  status: string;
  cards: number;
  /** For a person: "2 x Example Games 10 EUR (EUR 10)". */
  products: string;
  /** What was charged, as decimal text to four places; zero while it is under way. */
  total: string;
  currency: string;
  /** `YYYY-MM-DD`, in a zone that Bamboo does not tell. */
  orderedOn: string | null;
}

export type OrdersReport =
  /** `unnamed`: rows without a RequestId, such as what somebody bought by hand in Bamboo's portal. */
  | { kind: "report"; purchases: ReportedPurchase[]; unnamed: number }
  | { kind: "throttled"; waitSeconds: number }
  | { kind: "unclear"; cause: string };

const TIMEOUT_MS = 60_000;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DAY = /^\d{4}-\d{2}-\d{2}/;
/** An order of many lines is told by its first ones. */
const MAX_NAMED_LINES = 5;

/** The orders of one day, `YYYY-MM-DD`. It names no cards. */
export async function getOrdersReport(day: string): Promise<{ report: OrdersReport } & Called> {
  const path = `/api/Integration/v1/orders?startDate=${day}&endDate=${day}`;
  const result = await exchange({ method: "GET", path, timeoutMs: TIMEOUT_MS });
  const { durationMs } = result;
  const wayMs = wayOf(result);
  if (result.kind === "silence") return { report: { kind: "unclear", cause: result.cause }, httpStatus: null, durationMs, wayMs };
  const done = (report: OrdersReport) => ({ report, httpStatus: result.status, durationMs, wayMs });
  if (result.status === 429) return done({ kind: "throttled", waitSeconds: throttleSeconds(result.retryAfter, result.body) });
  if (result.status !== 200) return done({ kind: "unclear", cause: `HTTP ${result.status}` });
  const parsed = wireOrdersReport.safeParse(result.json);
  if (!parsed.success)
    return done({ kind: "unclear", cause: `the report does not parse: ${parsed.error.issues[0]?.path.join(".")}` });
  return done(toReport(parsed.data));
}

/** Pure: rows of product lines as purchases, in the order in which they first appear. */
export function toReport(rows: WireOrdersReport): Extract<OrdersReport, { kind: "report" }> {
  const byRequest = new Map<string, WireOrdersReport>();
  let unnamed = 0;
  for (const row of rows) {
    const requestId = row.clientReferenceNumber?.trim().toLowerCase() ?? "";
    if (GUID.test(requestId)) byRequest.set(requestId, [...(byRequest.get(requestId) ?? []), row]);
    else unnamed += 1;
  }
  const purchases = [...byRequest].flatMap(([requestId, lines]) => {
    const [first] = lines;
    return first ? [toPurchase(requestId, first, lines)] : [];
  });
  return { kind: "report", purchases, unnamed };
}

function toPurchase(requestId: string, first: WireOrdersReport[number], lines: WireOrdersReport): ReportedPurchase {
  const named = lines.slice(0, MAX_NAMED_LINES).map(({ quantity, productName, denomination }) => {
    const face = denomination?.trim();
    return `${quantity} x ${productName?.trim() || "unnamed product"}${face ? ` (${face})` : ""}`;
  });
  const more = lines.length - named.length;
  return {
    requestId,
    orderNumber: first.orderNumber,
    status: first.status,
    cards: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    products: [...named, ...(more > 0 ? [`${more} more`] : [])].join(", "),
    total: sumOf(lines.map(({ total }) => total ?? "0")),
    currency: first.accountCurrency,
    orderedOn: DAY.exec(first.orderDate ?? "")?.[0] ?? null,
  };
}

const PLACES = 4;

/** Decimal texts added exactly, to the four places that Bamboo charges in. */
function sumOf(amounts: readonly string[]): string {
  const sum = amounts.map((amount) => fraction(amount)).reduce(add, fraction(0));
  const units = roundFraction({ n: sum.n * 10n ** BigInt(PLACES), d: sum.d });
  const digits = (units < 0n ? -units : units).toString().padStart(PLACES + 1, "0");
  return `${units < 0n ? "-" : ""}${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`;
}
