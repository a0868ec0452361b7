import { expect, test } from "vitest";
import { isHere } from "./loopback";

test.each([
  ["http://127.0.0.1:3000/a", true],
  ["http://localhost/a", true],
  ["http://[::1]:3000/a", true],
  ["data:image/png;base64,AA==", true],
  ["blob:http://127.0.0.1:3000/1", true],
  ["https://example.com/", false],
  ["http://127.0.0.1.example.com/", false],
  ["http://127.0.0.1@example.com/", false],
  ["http://10.0.0.1/", false],
])("%s stays here: %s", (url, expected) => {
  expect(isHere(new URL(url))).toBe(expected);
});
