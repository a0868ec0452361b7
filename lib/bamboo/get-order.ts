import { findReason } from "./reasons";
import { type Called, exchange, wayOf } from "./request";
import { type SupplierOrder, toSupplierOrder } from "./supplier-order";
import { throttleSeconds } from "./throttle";
import { wireOrder } from "./wire";

export type OrderReading =
  | { kind: "found"; order: SupplierOrder }
  /** Not proof of absence: a read may lag behind an acceptance. */
  | { kind: "not_found" }
  | { kind: "throttled"; waitSeconds: number }
  | { kind: "unclear"; cause: string };

const TIMEOUT_MS = 20_000;

/** Reads one purchase by its RequestId, cards included: the answer must not be logged or returned from a step. */
export async function getOrder(requestId: string): Promise<{ reading: OrderReading } & Called> {
  const result = await exchange({ method: "GET", path: `/api/integration/v1.0/orders/${requestId}`, timeoutMs: TIMEOUT_MS });
  const { durationMs } = result;
  const wayMs = wayOf(result);
  if (result.kind === "silence")
    return { reading: { kind: "unclear", cause: result.cause }, httpStatus: null, durationMs, wayMs };
  const { status, json, body } = result;
  const answer = (reading: OrderReading) => ({ reading, httpStatus: status, durationMs, wayMs });
  if (status === 429) return answer({ kind: "throttled", waitSeconds: throttleSeconds(result.retryAfter, body) });
  if (status === 404 || (status === 400 && findReason(json ?? body) === "OrderNotFound")) return answer({ kind: "not_found" });
  if (status !== 200) return answer({ kind: "unclear", cause: `HTTP ${status}` });
  const parsed = wireOrder.safeParse(json);
  if (!parsed.success) return answer({ kind: "unclear", cause: "the answer is not an order" });
  if (parsed.data.requestId.toLowerCase() !== requestId.toLowerCase())
    return answer({ kind: "unclear", cause: "the answer is another order" });
  return answer({ kind: "found", order: toSupplierOrder(parsed.data) });
}
