import { expect, it } from "vitest";
import { suggestedFaces } from "./suggested-faces";

const faces = (min: number, max: number, currency = "EUR") =>
  suggestedFaces({ amountMinor: min, currency }, { amountMinor: max, currency }).map((face) => face.amountMinor);

it("offers both ends and round values between, five at most", () => {
  expect(faces(1_000, 50_000)).toEqual([1_000, 2_500, 7_500, 20_000, 50_000]);
  expect(faces(500, 1_500)).toEqual([500, 1_000, 1_500]);
  expect(faces(100, 300)).toEqual([100, 300]);
});

it("counts in the currency's own unit", () => {
  expect(faces(500, 1_000, "JPY")).toEqual([500, 1_000]);
});

it("offers one value where there is no range", () => {
  expect(faces(1_000, 1_000)).toEqual([1_000]);
});
