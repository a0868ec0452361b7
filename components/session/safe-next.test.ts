import { expect, it } from "vitest";
import { safeNext } from "./safe-next";

it.each(["/orders", "/orders?status=queued", "/catalogue?product=5"])("goes on to %s", (path) => {
  expect(safeNext(path)).toBe(path);
});

it.each([
  null,
  undefined,
  "",
  "orders",
  "https://evil.example/",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/.//evil.example",
  "javascript:alert(1)",
  "/sign-in?next=/x",
])("refuses %s", (path) => {
  expect(safeNext(path)).toBeNull();
});
