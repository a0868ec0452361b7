import { expect, test } from "vitest";
import { describeBurst } from "./describe-burst";

test("a request of HTTP is told by its line and the first of its body", () => {
  expect(describeBurst(Buffer.from('POST /orders HTTP/1.1\r\nhost: x\r\n\r\n{"a":1}'))).toBe('POST /orders {"a":1}');
});

test("the key in the address of the event API is not told", () => {
  expect(describeBurst(Buffer.from("POST /e/secret-key HTTP/1.1\r\n\r\n[]"))).toBe("POST of events");
});

test("a statement is read out of its masked frame", () => {
  const words = Buffer.from("\0select 1\0\0\0", "latin1");
  const message = Buffer.concat([Buffer.from("P"), Buffer.from([0, 0, 0, words.length + 4]), words]);
  const mask = Buffer.from([9, 8, 7, 6]);
  const masked = message.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  const frame = Buffer.concat([Buffer.from([0x82, 0x80 | message.length]), mask, masked]);
  expect(describeBurst(frame)).toBe("select 1");
});
