import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { magicProducts } from "../magic";
import { eventually, type OrderAnswer, startTestBamboo, type TestBamboo, usd } from "../test-kit";

const { instant } = magicProducts;

let bamboo: TestBamboo;
beforeEach(async () => {
  bamboo = await startTestBamboo();
});
afterEach(() => bamboo.sandbox.stop());

const post = (requestId: string, productId: number) =>
  bamboo.api("/v1.0/orders/checkout", {
    method: "POST",
    body: { RequestId: requestId, AccountId: usd, Products: [{ ProductId: productId, Quantity: 1, Value: 10 }] },
  });
const accepted = async () => (await bamboo.control.stats()).orders.accepted;

describe("faults after acceptance leave an order behind", () => {
  test.each(["acceptsThenCuts", "readableLater"] as const)("%s", async (name) => {
    const requestId = randomUUID();
    await expect(post(requestId, magicProducts[name].id)).rejects.toThrow();
    expect(await accepted()).toBe(1);
    expect((await post(requestId, magicProducts[name].id)).body).toEqual({ message: "OrderAlreadyExists" });
  });

  test("an answer of 500, and one that is garbage", async () => {
    const html = await post(randomUUID(), magicProducts.acceptsThen500.id);
    expect([html.status, html.body]).toEqual([500, null]);
    const garbage = await post(randomUUID(), magicProducts.acceptsThenGarbage.id);
    expect([garbage.status, garbage.body]).toEqual([200, null]);
    expect(await accepted()).toBe(2);
  });

  test("a slow answer: the order goes on meanwhile", async () => {
    await bamboo.control.freeze();
    const requestId = randomUUID();
    const answer = post(requestId, magicProducts.answersAfter40s.id);
    await eventually("the order is accepted", async () => (await accepted()) === 1);
    await bamboo.control.advance(39_999);
    expect((await bamboo.api<OrderAnswer>(`/v1.0/orders/${requestId}`)).body.status).toBe("Succeeded");
    await bamboo.control.advance(1);
    expect((await answer).text).toBe(`"${requestId}"`);
  });

  test("an order that cannot be read for a while", async () => {
    await bamboo.control.freeze();
    await bamboo.control.addFault({ productId: instant.id, act: { kind: "readLag", lagMs: 8000 } });
    const requestId = randomUUID();
    await post(requestId, instant.id);
    expect((await bamboo.api(`/v1.0/orders/${requestId}`)).status).toBe(400);
    await bamboo.control.advance(8000);
    expect((await bamboo.api(`/v1.0/orders/${requestId}`)).status).toBe(200);
  });

  test("a line cut in the middle of the answer", async () => {
    await bamboo.control.addFault({ endpoint: "order", act: { kind: "cutAfter", midBody: true } });
    const requestId = randomUUID();
    await post(requestId, instant.id);
    await expect(bamboo.api(`/v1.0/orders/${requestId}`)).rejects.toThrow();
    expect((await bamboo.api(`/v1.0/orders/${requestId}`)).status).toBe(200);
  });
});

describe("faults before acceptance leave none", () => {
  test.each([
    ["lostRequest", null],
    ["unavailableFirst", 503],
    ["throttledFirst", 429],
  ] as const)("%s, the first time only", async (name, status) => {
    const requestId = randomUUID();
    const first = await post(requestId, magicProducts[name].id).catch(() => null);
    expect(first?.status ?? null).toBe(status);
    expect(await accepted()).toBe(0);
    expect((await bamboo.api(`/v1.0/orders/${requestId}`)).status).toBe(400);
    expect((await post(requestId, magicProducts[name].id)).status).toBe(200);
  });

  test("a 5xx, a cut, a storm of 429s, by rule", async () => {
    await bamboo.control.addFault({
      endpoint: "checkout",
      act: { kind: "failBefore", status: 502, body: '{"error":"bad gateway"}' },
    });
    expect((await post(randomUUID(), instant.id)).body).toEqual({ error: "bad gateway" });
    await bamboo.control.addFault({ endpoint: "checkout", act: { kind: "cutBefore" } });
    await expect(post(randomUUID(), instant.id)).rejects.toThrow();
    await bamboo.control.addFault({ times: null, act: { kind: "tooMany", waitSeconds: 7 } });
    for (const path of ["/v1.0/accounts", "/v2.0/catalog"]) expect((await bamboo.api(path)).text).toContain("wait for 7 seconds");
    await bamboo.control.removeFault();
    expect((await post(randomUUID(), instant.id)).status).toBe(200);
    expect(await accepted()).toBe(1);
    const broken = (await bamboo.control.violations()).map((violation) => violation.endpoint);
    expect(new Set(broken)).toEqual(new Set(["checkout"]));
  });
});

describe("rules", () => {
  test("strike by product, after so many, so often, and by chance", async () => {
    await bamboo.control.addFault({
      productId: instant.id,
      skip: 1,
      times: 2,
      act: { kind: "reject", reason: "UserNotEnabled" },
    });
    const statuses: number[] = [];
    for (let call = 0; call < 5; call += 1) statuses.push((await post(randomUUID(), instant.id)).status);
    expect(statuses).toEqual([200, 400, 400, 200, 200]);
    expect((await post(randomUUID(), magicProducts.fails.id)).status).toBe(200);
    await bamboo.control.addFault({
      probability: 0.5,
      times: null,
      endpoint: "accounts",
      act: { kind: "failBefore", status: 500 },
    });
    const chance: number[] = [];
    for (let call = 0; call < 40; call += 1) chance.push((await bamboo.api("/v1.0/accounts")).status);
    expect(new Set(chance)).toEqual(new Set([200, 500]));
    expect((await bamboo.control.faults()).map((fault) => fault.struck)[0]).toBe(2);
  });

  test("give an ordinary product any life", async () => {
    await bamboo.control.freeze();
    await bamboo.control.addFault({
      endpoint: "checkout",
      act: { kind: "script", script: { kind: "partial", sold: 1, afterMs: 50 } },
    });
    const { requestId } = await bamboo.checkout([[magicProducts.acceptsThen500.id, 3, 10]]);
    await bamboo.control.advance(50);
    expect((await bamboo.api<OrderAnswer>(`/v1.0/orders/${requestId}`)).body).toMatchObject({
      status: "PartialFailed",
      total: 9,
    });
  });

  test("that make no sense are refused with the reason", async () => {
    await expect(bamboo.control.addFault({ times: 0, act: { kind: "cutBefore" } })).rejects.toThrow("times");
    await expect(new Promise((_, reject) => bamboo.control.setProduct({ productId: 1 }).catch(reject))).rejects.toThrow(
      "no such product",
    );
  });
});

describe("the whole sandbox", () => {
  test("is down, by cut lines or 503, and comes back", async () => {
    await bamboo.control.down();
    await expect(bamboo.api("/v1.0/accounts")).rejects.toThrow();
    await bamboo.control.down("unavailable");
    expect((await bamboo.api("/v1.0/accounts")).status).toBe(503);
    await bamboo.control.up();
    expect((await bamboo.api("/v1.0/accounts")).status).toBe(200);
  });

  test("is as slow as it is told to be", async () => {
    await bamboo.control.setModes({ latencyMs: 60, jitterMs: 20 });
    const startedAt = performance.now();
    await bamboo.api("/v1.0/accounts");
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(55);
  });

  test("tells callers without the right credentials apart from those without the right address", async () => {
    expect((await bamboo.api("/v1.0/accounts", { authorization: "" })).status).toBe(401);
    expect((await bamboo.api("/v1.0/accounts", { authorization: "Basic dGVzdDp3cm9uZw==" })).text).toBe("");
    await bamboo.control.setModes({ authBody: "json", ipAllowed: false });
    expect((await bamboo.api("/v1.0/accounts", { authorization: "Basic x" })).body).toEqual({ message: "Unauthorized" });
    const refused = await bamboo.api<{ error: string }>("/v1.0/accounts");
    expect([refused.status, Object.keys(refused.body)]).toEqual([403, ["error"]]);
  });

  test("knows no other route, and no control without the token", async () => {
    expect((await bamboo.api("/v1.0/nowhere")).status).toBe(404);
    expect((await fetch(`${bamboo.sandbox.url}/_control/stats`)).status).toBe(401);
  });

  test("is as new after a reset, but for its ids", async () => {
    const first = await bamboo.checkout([[instant.id, 1, 10]]);
    const before = await bamboo.control.order(first.requestId);
    await bamboo.control.reset();
    expect((await bamboo.control.stats()).orders.accepted).toBe(0);
    const second = await bamboo.checkout([[instant.id, 1, 10]]);
    expect((await bamboo.control.order(second.requestId)).orderId).toBeGreaterThan(before.orderId);
    expect((await bamboo.control.ledger()).accounts[0]?.balance).toBe(4_999_991);
  });
});
