import { describe, expect, it } from "vitest";
import { checkDraft, maxQuantity } from "./order-draft";

const usd = (amountMinor: number) => ({ amountMinor, currency: "USD" });
const product = { faceMin: usd(1_000), faceMax: usd(50_000), stock: null };
const draft = (face: string, quantity: string) => ({ face, quantity, reference: "", urgent: false });

describe("checkDraft", () => {
  it("reads what fits", () => {
    expect(checkDraft(product, draft("25.50", "500"))).toEqual({
      faceMinor: 2_550,
      quantity: 500,
      faceProblem: undefined,
      quantityProblem: undefined,
    });
  });

  it.each(["", "9.99", "500.01", "ten"])("refuses the face value %j and names the limits", (face) => {
    const checked = checkDraft(product, draft(face, "1"));
    expect(checked.faceMinor).toBeNull();
    expect(checked.faceProblem).toContain("10\u00a0USD");
    expect(checked.faceProblem).toContain("500\u00a0USD");
  });

  it.each(["", "0", "501", "1.5", "-1", "1e2"])("refuses the quantity %j", (quantity) => {
    const checked = checkDraft(product, draft("10", quantity));
    expect(checked.quantity).toBeNull();
    expect(checked.quantityProblem).toContain("from 1 to 500");
  });

  it("stops at the stock where that is less", () => {
    expect(maxQuantity({ stock: 12 })).toBe(12);
    expect(checkDraft({ ...product, stock: 12 }, draft("10", "13")).quantityProblem).toContain("all the stock");
  });
});
