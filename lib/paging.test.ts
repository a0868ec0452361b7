import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeCursor, encodeCursor } from "./paging";
import { MAX_PAGE_SIZE, pageQuery } from "./paging.schemas";

const text = fc.string({ unit: "grapheme" });
const raw = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("a cursor", () => {
  it("gives back its parts, and stands in an address as it is", () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), (parts) => {
        const cursor = encodeCursor(parts);
        expect(
          decodeCursor(
            cursor,
            parts.map(() => "text" as const),
          ),
        ).toEqual(parts);
        expect(encodeURIComponent(cursor)).toBe(cursor);
      }),
    );
  });

  it.each([
    ["empty", ""],
    ["no base64", "%%%"],
    ["no JSON", Buffer.from("nonsense").toString("base64url")],
    ["too few parts", encodeCursor(["a"])],
    ["too many parts", encodeCursor(["a", "b", "c"])],
    ["no texts", raw([1, 2])],
    ["no list", raw({ 0: "a", 1: "b", length: 2 })],
  ])("that is %s is refused by name", (_, cursor) => {
    expect(() => decodeCursor(cursor, ["text", "text"])).toThrow(
      expect.objectContaining({ code: "invalid_input", fields: [{ path: "cursor", message: "unknown cursor" }] }),
    );
  });
});

it.each([
  ["time", "2026-01-01"],
  ["time", "now"],
  ["uuid", "1"],
  ["integer", "1e9"],
  ["integer", "9".repeat(30)],
  ["boolean", "yes"],
] as const)("a part that is no %s (%s) is refused before the database sees it", (kind, part) => {
  expect(() => decodeCursor(encodeCursor([part]), [kind])).toThrow(expect.objectContaining({ code: "invalid_input" }));
});

describe("pageQuery", () => {
  it.each([
    [{}, 25],
    [{ limit: "1" }, 1],
    [{ limit: String(MAX_PAGE_SIZE) }, MAX_PAGE_SIZE],
  ])("%o asks for %d", (query, limit) => {
    expect(pageQuery.parse(query)).toEqual({ limit });
  });

  it.each([
    { limit: "0" },
    { limit: String(MAX_PAGE_SIZE + 1) },
    { limit: "1.5" },
    { limit: "all" },
    { cursor: "c".repeat(301) },
  ])("refuses %o", (query) => {
    expect(pageQuery.safeParse(query).success).toBe(false);
  });
});
