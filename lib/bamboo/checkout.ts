import { z } from "zod";
import { findReason, REASONS, type Reason } from "./reasons";
import { type Called, type Exchange, exchange, wayOf } from "./request";
import { throttleSeconds } from "./throttle";

/** What a POST of a checkout tells us about the purchase. `unknown` is not failure: it may have been made. */
export type CheckoutOutcome =
  | { kind: "placed" }
  | { kind: "rejected"; reason: Reason }
  | { kind: "throttled"; waitSeconds: number }
  | { kind: "unknown"; cause: string };

export interface CheckoutAnswer extends Called {
  outcome: CheckoutOutcome;
}

/** Short enough that a partner is told soon, long enough for a slow but ordinary checkout. */
export const CHECKOUT_TIMEOUT_MS = 30_000;

/** Posts the recorded body as it is. The caller has departed in its turn and committed the attempt. */
export async function postCheckout(requestId: string, body: string): Promise<CheckoutAnswer> {
  const result = await exchange({
    method: "POST",
    path: "/api/integration/v1.0/orders/checkout",
    body,
    timeoutMs: CHECKOUT_TIMEOUT_MS,
  });
  return {
    outcome: checkoutOutcome(requestId, result),
    httpStatus: result.kind === "answer" ? result.status : null,
    durationMs: result.durationMs,
    wayMs: wayOf(result),
  };
}

/** The text of a checkout. Face values are in major units of the product's currency. Key order is fixed: the body is stored. */
export function checkoutBody(
  requestId: string,
  accountId: number,
  lines: readonly { productId: number; quantity: number; value: string }[],
): string {
  const products = lines.map(
    ({ productId, quantity, value }) => `{"ProductId":${productId},"Quantity":${quantity},"Value":${value}}`,
  );
  return `{"RequestId":${JSON.stringify(requestId)},"AccountId":${accountId},"Products":[${products.join(",")}]}`;
}

/** Pure: sorts an exchange by what it proves. Only a listed reason code in a 4xx proves that nothing was bought. */
export function checkoutOutcome(requestId: string, result: Exchange): CheckoutOutcome {
  if (result.kind === "silence") return { kind: "unknown", cause: result.cause };
  const { status, body, json } = result;
  if (status === 429) return { kind: "throttled", waitSeconds: throttleSeconds(result.retryAfter, body) };
  if (status === 200 || status === 201) {
    return echoes(requestId, body, json) ? { kind: "placed" } : { kind: "unknown", cause: `${status} without our RequestId` };
  }
  if (status >= 400 && status < 500) {
    const reason = findReason(json ?? body);
    if (reason && REASONS[reason] === "already_exists") return { kind: "placed" };
    if (reason && REASONS[reason] !== "not_found") return { kind: "rejected", reason };
    return { kind: "unknown", cause: `${status} without a reason code that we know` };
  }
  return { kind: "unknown", cause: `HTTP ${status}` };
}

const echoObject = z.object({ requestId: z.string() });

/** A quoted string, a bare one, one in braces, or an object: all have been seen. */
function echoes(requestId: string, body: string, json: unknown): boolean {
  const asObject = echoObject.safeParse(json);
  const echoed = typeof json === "string" ? json : asObject.success ? asObject.data.requestId : body;
  return (
    echoed
      .trim()
      .replace(/^[{"]+|[}"]+$/g, "")
      .toLowerCase() === requestId.toLowerCase()
  );
}
