import { expect, it } from "vitest";
import { z } from "zod";
import { requestIdOf } from "./request-id";

it.each(["abcd_123", "0b9f1c52-6f0e-4a53-8a0a-3d4b1f2a7c11", "x".repeat(64)])("keeps the caller's %s", (id) => {
  expect(requestIdOf(new Headers({ "x-request-id": id }))).toBe(id);
});

it.each([undefined, "", "short", "x".repeat(65), "has a space", "quote\"'<b>", "new;line=1", "ünïcödé-id"])(
  "gives its own for %j",
  (id) => {
    const headers = new Headers(id === undefined ? {} : { "x-request-id": id });
    expect(z.uuidv7().safeParse(requestIdOf(headers)).success).toBe(true);
  },
);
