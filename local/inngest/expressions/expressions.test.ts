import { describe, expect, it } from "vitest";
import { evaluate, holds, keyText } from "./evaluate";
import { parseExpression } from "./parse";

const event = {
  name: "orders/placed",
  data: { id: 7, text: "a'b", list: [1, { x: true }], none: null, vip: true, "odd key": 1 },
};
const value = (source: string) =>
  evaluate(parseExpression(source, ["event", "async"]), { event, async: { data: { id: 7, other: 8 } } });

describe("evaluate", () => {
  it.each([
    ["event.data.id == async.data.id", true],
    ["event.data.id == async.data.other", false],
    ["event.data.id == 7 && !(event.data.text == 'x')", true],
    ["event.data.text == 'a\\'b' || false", true],
    ["event.data.list[1].x", true],
    ['event["data"]["odd key"] >= 1', true],
    ["event.data.vip == true ? 120 : 0", "120n"],
    ["int(event.data.id)", "7n"],
    ["-int(event.data.id) + 2", "-5n"],
    ["event.data.id", 7],
    ["'a' + '-' + string(event.data.id)", "a-7"],
    ["event.data.id - 0.5", 6.5],
    ["1 < 2 && 2 <= 2 && 'b' > 'a' && 3 != 4", true],
    ["event.data.none == null && event.data.missing == null", true],
  ])("%s is %j", (source, expected) => {
    const found = value(source);
    expect(typeof found === "bigint" ? `${found}n` : found).toEqual(expected);
  });

  it("does not take two missing keys for the same thing", () => {
    expect(value("event.data.missing == async.data.missing")).toBe(false);
    expect(value("event.data.missing != async.data.missing")).toBe(true);
  });

  it("finds nothing on the prototype, and no order between a text and a number", () => {
    expect(value("event.data.constructor == null")).toBe(true);
    expect(value("event.data.text < 5")).toBeUndefined();
  });

  it("holds only where it is exactly true", () => {
    expect(holds(parseExpression("event.data.id", ["event"]), { event })).toBe(false);
    expect(holds(parseExpression("event.data.vip", ["event"]), { event })).toBe(true);
  });

  it("makes keys of values", () => {
    expect([keyText(7), keyText("a"), keyText(undefined), keyText({ a: [1] })]).toEqual(["7", "a", "", '{"a":[1]}']);
  });
});

describe("parseExpression", () => {
  it.each([
    ["event.data.list.exists(x, x == 1)", "exists() is not part of the subset"],
    ["event.data.id in [1, 2]", "something left after its end"],
    ["size(event.data)", '"size" is not known'],
    ["async.data.id == 1", '"async" is not known'],
    ["event.data.id ==", "stands where a value is expected"],
    ["(event.data.id", '")" is missing'],
    ["event.data.id = 1", "not part of the subset"],
    ["'\\u0041'", "escape"],
    ["event.data.a * 2", "something left after its end"],
    ["(".repeat(100), "nested too deeply"],
    [`'${"x".repeat(5000)}'`, "longer than 4096"],
    ["", "stands where a value is expected"],
  ])("refuses %s", (source, why) => {
    expect(() => parseExpression(source, ["event"])).toThrow(why);
  });
});
