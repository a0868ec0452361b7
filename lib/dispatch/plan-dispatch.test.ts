import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planDispatch, type WaitingOrder } from "./plan-dispatch";

const order = (id: string, createdAtMs: number, productIds: number[], lane: WaitingOrder["lane"] = "normal"): WaitingOrder => ({
  id,
  createdAtMs,
  productIds,
  lane,
});

describe("planDispatch", () => {
  it("takes urgent first, then the oldest", () => {
    expect(planDispatch([order("b", 2, [1]), order("a", 1, [1])], new Map())).toEqual({
      kind: "claim",
      orderId: "a",
      productIds: [1],
    });
    expect(planDispatch([order("a", 1, [1]), order("c", 3, [2], "urgent")], new Map())).toMatchObject({ orderId: "c" });
  });

  it("passes over an order whose product's window is full, and waits when all are", () => {
    const waits = new Map([[1, 900]]);
    expect(planDispatch([order("a", 1, [1, 2]), order("b", 2, [2])], waits)).toMatchObject({ orderId: "b" });
    expect(planDispatch([order("a", 1, [1])], waits)).toEqual({ kind: "wait", waitMs: 900 });
    expect(planDispatch([], waits)).toEqual({ kind: "empty" });
  });

  it("never claims an order with a full product, and never idles while one could go", () => {
    const anyOrder = fc.record({
      id: fc.uuid(),
      createdAtMs: fc.integer({ min: 0, max: 1_000 }),
      productIds: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }),
      lane: fc.constantFrom("urgent" as const, "normal" as const),
    });
    fc.assert(
      fc.property(
        fc.array(anyOrder, { maxLength: 20 }),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 5_000 }))),
        (waiting, pairs) => {
          const waits = new Map(pairs);
          const free = waiting.filter(({ productIds }) => productIds.every((id) => (waits.get(id) ?? 0) === 0));
          const plan = planDispatch(waiting, waits);
          expect(plan.kind).toBe(waiting.length === 0 ? "empty" : free.length > 0 ? "claim" : "wait");
          if (plan.kind === "claim") expect(free.map(({ id }) => id)).toContain(plan.orderId);
        },
      ),
    );
  });
});
