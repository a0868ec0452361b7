import { expect, test } from "vitest";
import type { WaitingLine } from "./plan-dispatch";
import { withinStock } from "./within-stock";

const line = (id: string, productId: number, quantity: number): WaitingLine => ({
  id,
  orderId: id,
  partnerId: "p",
  lane: "normal",
  queuedAtMs: 0,
  productId,
  faceMinor: 1_000,
  faceCurrency: "USD",
  quantity,
});
const idsOf = (lines: readonly WaitingLine[]) => lines.map(({ id }) => id);

test("those who came first get what there is; whoever does not fit waits, and a smaller one behind may", () => {
  const lines = [line("a", 1, 3), line("b", 1, 4), line("c", 1, 2), line("d", 2, 50)];
  expect(idsOf(withinStock(lines, (productId) => (productId === 1 ? 5 : null)))).toEqual(["a", "c", "d"]);
});

test("the first of a product goes whatever the stock says, and alone", () => {
  expect(idsOf(withinStock([line("a", 1, 3), line("b", 1, 1)], () => 0))).toEqual(["a"]);
});
