import { describe, expect, it } from "vitest";
import { z } from "zod";
import { parseInput, queryOf } from "./parse";

const schema = z.object({ name: z.string().trim(), lines: z.array(z.object({ quantity: z.number().max(5, "At most 5.") })) });

describe("parseInput", () => {
  it("gives what the schema makes of the input", () => {
    expect(parseInput(schema, { name: " a ", lines: [], more: 1 })).toEqual({ name: "a", lines: [] });
  });

  it("names every field at fault, with its path, in the list and in the sentence", () => {
    expect(() => parseInput(schema, { name: 1, lines: [{ quantity: 1 }, { quantity: 9 }] })).toThrow(
      expect.objectContaining({
        code: "invalid_input",
        message: expect.stringMatching(/^Correct this and send it again\. name: .+ lines\.1\.quantity: At most 5\.$/),
        fields: [
          { path: "name", message: expect.any(String) },
          { path: "lines.1.quantity", message: "At most 5." },
        ],
      }),
    );
  });

  it("names a field that does not exist", () => {
    const strict = z.strictObject({ lines: z.array(z.strictObject({ id: z.number() })) });
    expect(() => parseInput(strict, { lines: [{ id: 1, idd: 2 }] })).toThrow(
      expect.objectContaining({ fields: [{ path: "lines.0.idd", message: "There is no such field. Check its spelling." }] }),
    );
  });

  it("has no path to name where the whole is wrong", () => {
    expect(() => parseInput(schema, null)).toThrow(
      expect.objectContaining({
        message: expect.not.stringContaining(" : "),
        fields: [{ path: "", message: expect.any(String) }],
      }),
    );
  });
});

it("queryOf reads the query decoded, the last of two", () => {
  expect(queryOf("https://portal.example/x?search=a%20b&limit=1&limit=2&empty=")).toEqual({
    search: "a b",
    limit: "2",
    empty: "",
  });
});
