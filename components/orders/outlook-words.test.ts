import { describe, expect, it } from "vitest";
import { NO_ESTIMATE, WAITS_FOR } from "@/lib/estimates/schemas";
import { expectedWords, type Outlook, waitWords } from "./outlook-words";

const NOW_MS = Date.parse("2026-11-23T12:00:00Z");
const at = (seconds: number) => new Date(NOW_MS + seconds * 1_000).toISOString();
const outlook = (part: Partial<Outlook>): Outlook => ({
  status: "queued",
  expected: { from: at(10), by: at(40) },
  waitsFor: "turn",
  waitsForProduct: null,
  ...part,
});

describe("expectedWords", () => {
  it("gives the range from now, and lets it come nearer", () => {
    expect(expectedWords(outlook({}), NOW_MS)).toBe("Expected in 10 to 40 seconds");
    expect(expectedWords(outlook({}), NOW_MS + 15_000)).toBe("Expected within 25 seconds");
  });

  it("says nothing where nothing is known, and nothing of what is over", () => {
    expect(expectedWords(outlook({ expected: null, waitsFor: "not_learned" }), NOW_MS)).toBeNull();
    expect(expectedWords(outlook({ status: "completed" }), NOW_MS)).toBeNull();
  });
});

describe("waitWords", () => {
  it("names the product whose pace it waits for", () => {
    expect(waitWords(outlook({ waitsFor: "product", waitsForProduct: "Example Games 10 EUR" }))).toMatch(
      /^Example Games 10 EUR is/,
    );
  });

  it("has a reason wherever there is no estimate, and calls none of them a failure", () => {
    for (const waitsFor of NO_ESTIMATE) {
      expect(waitWords(outlook({ waitsFor, expected: null })), waitsFor).not.toBeNull();
      expect(waitWords(outlook({ waitsFor, expected: null }))).not.toMatch(/fail/i);
    }
    expect(WAITS_FOR.filter((waitsFor) => waitWords(outlook({ waitsFor })) !== null)).toEqual(["product"]);
  });
});
