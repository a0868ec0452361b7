import { describe, expect, it } from "vitest";
import { readJson } from "./read-body";

const LIMIT_BYTES = 256 * 1024;
const quoted = (bytes: number) => `"${"a".repeat(bytes - 2)}"`;
const request = (body: BodyInit | null) =>
  new Request("https://portal.example", { method: "POST", body, duplex: "half" } as RequestInit);

/** Counts what was asked of it, so that a test can tell whether reading stopped. */
function endless() {
  let chunks = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(++chunks && 64 * 1024)),
  });
  return { stream, chunks: () => chunks };
}

describe("readJson", () => {
  it.each([
    ['{"a":[1,null]}', { a: [1, null] }],
    ["null", null],
    ["", {}],
    [null, {}],
  ])("reads %j", async (body, value) => {
    expect(await readJson(request(body))).toEqual(value);
  });

  it("puts a letter together that two chunks share", async () => {
    const bytes = Buffer.from('"é€"');
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    expect(await readJson(request(stream))).toBe("é€");
  });

  it.each(["{", "{'a':1}", "a=1", '{"a":1}x', "undefined"])("refuses %j as malformed", async (body) => {
    await expect(readJson(request(body))).rejects.toMatchObject({ code: "malformed_request" });
  });

  it("takes a body of exactly the limit and refuses one byte more", async () => {
    expect(await readJson(request(quoted(LIMIT_BYTES)))).toHaveLength(LIMIT_BYTES - 2);
    await expect(readJson(request(quoted(LIMIT_BYTES + 1)))).rejects.toMatchObject({
      code: "body_too_large",
      message: expect.stringContaining("256 KiB"),
    });
  });

  it("stops reading a body without an end", async () => {
    const { stream, chunks } = endless();
    await expect(readJson(request(stream))).rejects.toMatchObject({ code: "body_too_large" });
    expect(chunks()).toBeLessThan(10);
  });
});
