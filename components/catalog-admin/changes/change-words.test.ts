import { expect, it } from "vitest";
import { changeSentences } from "./change-words";

const field = (name: string, before: string | null, after: string | null) => ({ name, before, after });

it("tells a cost once, with its currency where that is told", () => {
  expect(changeSentences([field("costMin", "9", "9.4"), field("costMax", "9", "9.4")])).toEqual(["Cost 9.00 → 9.40"]);
  expect(changeSentences([field("costMin", "9.0000", "9.4050"), field("costCurrency", "USD", "USD")])).toEqual([
    "Cost 9.00 → 9.405 USD",
  ]);
  expect(changeSentences([field("costMin", "1.0000", "2.0000"), field("costMax", "5.0000", "7.0000")])).toEqual([
    "Cost 1.00 → 2.00",
    "Highest cost 5.00 → 7.00",
  ]);
});

it("has words for a stock that is out or unlimited, and for what is empty", () => {
  expect(changeSentences([field("stock", "12", "0")])).toEqual(["Stock 12 → out"]);
  expect(changeSentences([field("stock", null, "3")])).toEqual(["Stock unlimited → 3"]);
  expect(changeSentences([field("inactive", null, "refused")])).toEqual(["The supplier refused an order of it"]);
  expect(changeSentences([field("inactive", "listed", null)])).toEqual(["Listed as active again"]);
  expect(changeSentences([field("terms", null, "new")])).toEqual(["Terms none → new"]);
});

it("keeps a name that it does not know, and a currency that changed", () => {
  expect(changeSentences([field("redemptionInstructions", "a", "b")])).toEqual(["Redemption instructions a → b"]);
  expect(changeSentences([field("costMin", "1.0000", "2.0000"), field("costCurrency", "USD", "EUR")])).toEqual([
    "Cost 1.00 → 2.00",
    "Cost currency USD → EUR",
  ]);
  expect(changeSentences([])).toEqual([]);
});
