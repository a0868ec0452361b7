import { expect, test, vi } from "vitest";
import { conditional } from "./etag";

const ask = (ifNoneMatch?: string, search = "steam") =>
  new Request(`https://portal.example/api/v1/catalog/products?search=${search}`, {
    headers: ifNoneMatch === undefined ? {} : { "if-none-match": ifNoneMatch },
  });
const tagOf = (asked: string) => `of ${asked}`;
const TAG = '"of /api/v1/catalog/products?search=steam"';

test("the answer bears its tag, and is asked about each time it is used", async () => {
  const response = await conditional(ask(), tagOf, async () => "{}");
  expect(response.status).toBe(200);
  expect(await response.text()).toBe("{}");
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "application/json",
    etag: TAG,
    "cache-control": "private, no-cache",
    vary: "cookie, authorization",
  });
});

test.each([TAG, `W/${TAG}`, `"another", ${TAG}`])("whoever has it is told so, and nothing is made: %s", async (ifNoneMatch) => {
  const make = vi.fn();
  const response = await conditional(ask(ifNoneMatch), tagOf, make);
  expect(response.status).toBe(304);
  expect(await response.text()).toBe("");
  expect(response.headers.get("etag")).toBe(TAG);
  expect(make).not.toHaveBeenCalled();
});

test.each(['"another"', "*", TAG.slice(1), ""])("whoever has another one gets the answer: %s", async (ifNoneMatch) => {
  expect((await conditional(ask(ifNoneMatch), tagOf, async () => "{}")).status).toBe(200);
});

test("what was made once is not made again, and what another asks is", async () => {
  const make = vi.fn(async () => "[1]");
  const body = async (search: string) => (await conditional(ask(undefined, search), tagOf, make)).text();
  expect([await body("twice"), await body("twice"), await body("other")]).toEqual(["[1]", "[1]", "[1]"]);
  expect(make).toHaveBeenCalledTimes(2);
});

test("what could not be made is not kept", async () => {
  const failing = conditional(ask(undefined, "failing"), tagOf, () => Promise.reject(new Error("no such product")));
  await expect(failing).rejects.toThrow("no such product");
  expect(await (await conditional(ask(undefined, "failing"), tagOf, async () => "{}")).text()).toBe("{}");
});
