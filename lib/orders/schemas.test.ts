import { describe, expect, it } from "vitest";
import { MAX_CARDS_PER_ORDER, MAX_LINES_PER_ORDER, placeOrderInput } from "./schemas";

const LINE = { productId: 500101, faceMinor: 1000, quantity: 1 };
const lines = (count: number, quantity = 1) => Array.from({ length: count }, () => ({ ...LINE, quantity }));

function problemsOf(order: unknown) {
  const { error } = placeOrderInput.safeParse(order);
  return (error?.issues ?? []).map(({ path, message }) => ({ path: path.join("."), message }));
}

describe("placeOrderInput", () => {
  it("takes an order at its limits", () => {
    expect(problemsOf({ lines: lines(1, MAX_CARDS_PER_ORDER) })).toEqual([]);
    expect(problemsOf({ lines: lines(MAX_LINES_PER_ORDER, MAX_CARDS_PER_ORDER / MAX_LINES_PER_ORDER) })).toEqual([]);
    expect(problemsOf({ lines: [LINE], reference: "r".repeat(80), maxTotalMinor: 1 })).toEqual([]);
  });

  it("trims the reference", () => {
    expect(placeOrderInput.parse({ lines: [LINE], reference: "  PO-1 " })).toEqual({ lines: [LINE], reference: "PO-1" });
  });

  it.each([
    ["a price of the caller's own", { lines: [{ ...LINE, unitPriceMinor: 1 }] }],
    ["another partner", { lines: [LINE], partnerId: "p2" }],
    ["a misspelt guard", { lines: [LINE], maxTotal: 1 }],
  ])("refuses %s", (_, order) => {
    expect(placeOrderInput.safeParse(order).error?.issues.map(({ code }) => code)).toEqual(["unrecognized_keys"]);
  });

  it.each([
    ["no lines", { lines: [] }, "lines", /at least one line/],
    ["too many lines", { lines: lines(51) }, "lines", /at most 50 lines; split it/],
    ["too many cards in one line", { lines: lines(1, 501) }, "lines.0.quantity", /500/],
    ["too many cards in all", { lines: lines(2, 251) }, "lines", /at most 500 cards, this one has 502; split it/],
    ["a long reference", { lines: [LINE], reference: "r".repeat(81) }, "reference", /80/],
    ["no quantity", { lines: [{ ...LINE, quantity: 0 }] }, "lines.0.quantity", /1/],
    ["half a card", { lines: [{ ...LINE, quantity: 1.5 }] }, "lines.0.quantity", /int/],
    ["a quantity as text", { lines: [LINE, { ...LINE, quantity: "2" }] }, "lines.1.quantity", /number/],
    ["a face value of nothing", { lines: [{ ...LINE, faceMinor: 0 }] }, "lines.0.faceMinor", /0/],
    ["a face value below nothing", { lines: [{ ...LINE, faceMinor: -1000 }] }, "lines.0.faceMinor", /0/],
    ["a face value no number can hold", { lines: [{ ...LINE, faceMinor: 2 ** 53 }] }, "lines.0.faceMinor", /int/],
    ["a product id that is none", { lines: [{ ...LINE, productId: 0 }] }, "lines.0.productId", /0/],
    ["a highest total of nothing", { lines: [LINE], maxTotalMinor: 0 }, "maxTotalMinor", /0/],
    ["a lane that there is not", { lines: [LINE], lane: "fast" }, "lane", /urgent/],
    ["no order", null, "", /object/],
  ])("refuses %s, naming the place and the limit", (_, order, path, message) => {
    expect(problemsOf(order)).toContainEqual({ path, message: expect.stringMatching(message) });
  });
});
