import { expect, it } from "vitest";
import { ApiError } from "../../http/api-error";
import { priceChange } from "./price-change";

const refused = (code: string, data?: Record<string, unknown>) =>
  new ApiError(
    { type: "about:blank", title: "", status: 409, code, detail: "", requestId: "r", ...(data ? { data } : {}) },
    null,
  );
const data = { totalMinor: 2_100, maxTotalMinor: 2_000, currency: "USD", lines: [] };

it("reads both prices", () => {
  expect(priceChange(refused("price_changed", data))).toEqual({
    was: { amountMinor: 2_000, currency: "USD" },
    now: { amountMinor: 2_100, currency: "USD" },
  });
});

it("is null for other refusals, and where the prices are missing", () => {
  expect(priceChange(refused("not_orderable", data))).toBeNull();
  expect(priceChange(refused("price_changed"))).toBeNull();
  expect(priceChange(new Error("price_changed"))).toBeNull();
});
