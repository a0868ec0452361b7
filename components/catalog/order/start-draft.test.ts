import { expect, it } from "vitest";
import { startDraft } from "./start-draft";

const product = { id: 7, faceMin: { amountMinor: 1_000, currency: "EUR" } };
const attempt = {
  key: "k",
  atMs: 0,
  body: {
    lines: [{ productId: 7, faceMinor: 2_550, quantity: 3 }],
    reference: "PO-1",
    lane: "urgent" as const,
    maxTotalMinor: 9_000,
  },
};
const typed = { face: "75", quantity: "12", reference: "PO-2", urgent: true };

it("begins with one card of the smallest face value", () => {
  expect(startDraft(product, null)).toEqual({
    productId: 7,
    draft: { face: "10", quantity: "1", reference: "", urgent: false },
    unsettled: false,
  });
});

it("keeps what was typed for another product, but for its face value", () => {
  expect(startDraft(product, null, typed).draft).toEqual({ ...typed, face: "10" });
});

it("repeats an earlier try exactly, whatever was typed since", () => {
  expect(startDraft(product, attempt, typed)).toEqual({
    productId: 7,
    draft: { face: "25.5", quantity: "3", reference: "PO-1", urgent: true },
    unsettled: true,
  });
});
