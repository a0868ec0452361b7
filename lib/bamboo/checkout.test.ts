import { describe, expect, it } from "vitest";
import { type CheckoutOutcome, checkoutBody, checkoutOutcome } from "./checkout";
import type { Reason } from "./reasons";
import type { Exchange } from "./request";

const ID = "0b9f1c52-6f0e-4a53-8a0a-3d4b1f2a7c11";
const OTHER = "0b9f1c52-6f0e-4a53-8a0a-3d4b1f2a7c12";
const FUNDS =
  "Account doesn’t have enough funds available to buy the card(s) requested. Balance: 12.3400. Reserved balance: 0.0000. Additional top-up required: 7.6600";
const STOCK = "Not enough cards for product Example Games 10 EUR. Requested: 5. In stock: 2";

const answer = (status: number, body: string, retryAfter: string | null = null): Exchange => ({
  kind: "answer",
  status,
  body,
  json: asJson(body),
  retryAfter,
  durationMs: 1,
});

function asJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    expect(error).toBeInstanceOf(SyntaxError);
    return undefined;
  }
}

const told = (status: number, body: unknown) => checkoutOutcome(ID, answer(status, JSON.stringify(body)));
const toldRaw = (status: number, body: string) => checkoutOutcome(ID, answer(status, body));
const rejected = (reason: Reason): CheckoutOutcome => ({ kind: "rejected", reason });

describe("a success", () => {
  it.each([
    ["a quoted string", `"${ID}"`],
    ["a bare string", ID],
    ["a bare string with a line end", `${ID}\r\n`],
    ["upper case", `"${ID.toUpperCase()}"`],
    ["braces", `{${ID}}`],
    ["quoted braces", `"{${ID}}"`],
    ["braces around quotes", `{"${ID}"}`],
    ["an object", `{"requestId":"${ID}"}`],
    ["the v2 object", `{"requestId":"${ID}","orderNumber":"O-1","status":"Created","currencyCode":"USD","totalCards":2}`],
  ])("echoes our RequestId as %s", (_, body) => {
    expect(toldRaw(200, body)).toEqual({ kind: "placed" });
    expect(toldRaw(201, body)).toEqual({ kind: "placed" });
  });

  it.each([
    ["another id", `"${OTHER}"`],
    ["another id in an object", `{"requestId":"${OTHER}"}`],
    ["our id and more", `"${ID}${ID}"`],
    ["our id cut short", ID.slice(0, -1)],
    ["an object without it", `{"id":"${ID}"}`],
    ["nothing", ""],
    ["null", "null"],
    ["a page of a gateway", `<html><body>${ID}</body></html>`],
    ["an answer cut off", `{"requestId":"${ID}`.slice(0, 20)],
    ["a refusal told as success", '{"message":"InvalidProduct"}'],
  ])("is unknown when it holds %s", (_, body) => {
    expect(toldRaw(200, body)).toEqual({ kind: "unknown", cause: "200 without our RequestId" });
  });
});

describe("a refusal", () => {
  const REJECTIONS = [
    "WrongAccount",
    "InsufficientBalance",
    "InvalidProductIds",
    "InvalidProduct",
    "InvalidDenomination",
    "NoProducts",
    "ClientCatalogNotExist",
    "CardsLimitExceeded",
    "ProductIsOutOfStock",
    "ClientPriceInvalid",
    "UserNotEnabled",
  ] as const;

  it.each(REJECTIONS)("with %s is definite wherever the code stands", (reason) => {
    for (const field of ["message", "reason", "reasonCode", "code", "error", "Message", "ReasonCode"])
      expect(told(400, { [field]: reason }), field).toEqual(rejected(reason));
    expect(told(400, { message: "Some sentence.", reason })).toEqual(rejected(reason));
    expect(told(400, reason)).toEqual(rejected(reason));
    expect(toldRaw(400, `${reason}\n`)).toEqual(rejected(reason));
  });

  it.each([
    [FUNDS, "InsufficientBalance"],
    [FUNDS.replace("’", "'"), "InsufficientBalance"],
    [STOCK, "ProductIsOutOfStock"],
    [STOCK.replace(". In", ".\nIn").toLowerCase(), "ProductIsOutOfStock"],
  ] as const)("is read from the sentence %j", (message, reason) => {
    expect(told(400, { message })).toEqual(rejected(reason));
    expect(toldRaw(400, message)).toEqual(rejected(reason));
    expect(told(400, { message, reason: "InvalidProduct" })).toEqual(rejected("InvalidProduct"));
  });

  it("of the gateway with a known code counts as well", () => {
    expect(told(403, { error: "UserNotEnabled" })).toEqual(rejected("UserNotEnabled"));
  });

  it("because the order is there already means placed", () => {
    expect(told(400, { message: "OrderAlreadyExists" })).toEqual({ kind: "placed" });
    expect(toldRaw(400, "OrderAlreadyExists")).toEqual({ kind: "placed" });
  });

  it.each([
    [401, ""],
    [403, '{"error":"Access denied"}'],
    [404, ""],
    [404, '{"message":"OrderNotFound"}'],
    [400, '{"message":"OrderNotFound"}'],
    [400, '{"message":"SomethingNew"}'],
    [400, '{"message":"toString"}'],
    [400, '{"message":["InvalidProduct"],"code":1001}'],
    [400, '{"title":"One or more validation errors occurred.","status":400,"errors":{"RequestId":["not a GUID"]}}'],
    [408, "<html>Request Timeout</html>"],
    [422, "null"],
  ])("%i without a reason we know proves nothing: %s", (status, body) => {
    expect(toldRaw(status, body)).toEqual({ kind: "unknown", cause: `${status} without a reason code that we know` });
  });
});

describe("a limit", () => {
  it.each([
    ["the sentence as text", "Too many requests. Please wait for 3406 seconds.", null, 3406],
    ["the sentence in JSON", '{"message":"Too many requests. Please wait 7 seconds for the next request"}', null, 7],
    ["the header before the sentence", "Please wait for 60 seconds.", "5", 5],
    ["nothing readable", "", null, 10],
    ["a reason that would else be a refusal", '{"message":"InvalidProduct"}', null, 10],
  ])("is obeyed when told by %s", (_, body, retryAfter, waitSeconds) => {
    expect(checkoutOutcome(ID, answer(429, body, retryAfter))).toEqual({ kind: "throttled", waitSeconds });
  });
});

describe("anything else is unknown", () => {
  it.each([204, 302, 500, 502, 503, 504])("HTTP %i, whatever it says", (status) => {
    for (const body of ["", "<html></html>", `"${ID}"`, '{"message":"InvalidProduct"}', '{"message":"OrderAlreadyExists"}'])
      expect(toldRaw(status, body), body).toEqual({ kind: "unknown", cause: `HTTP ${status}` });
  });

  it("silence, with what was heard of it", () => {
    const cause = "TimeoutError: The operation was aborted due to timeout";
    expect(checkoutOutcome(ID, { kind: "silence", cause, durationMs: 30_000 })).toEqual({ kind: "unknown", cause });
  });
});

describe("the body", () => {
  it("is the same text for the same lines, with face values untouched by floats", () => {
    const lines = [
      { productId: 500101, quantity: 2, value: "10" },
      { productId: 500102, quantity: 1, value: "12.345" },
    ];
    const body = checkoutBody(ID, 4321, lines);
    expect(body).toBe(
      `{"RequestId":"${ID}","AccountId":4321,"Products":[{"ProductId":500101,"Quantity":2,"Value":10},{"ProductId":500102,"Quantity":1,"Value":12.345}]}`,
    );
    expect(checkoutBody(ID, 4321, lines)).toBe(body);
    expect(JSON.parse(checkoutBody(ID, 4321, []))).toEqual({ RequestId: ID, AccountId: 4321, Products: [] });
  });
});
