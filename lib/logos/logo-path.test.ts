import { expect, it } from "vitest";
import { logoPath } from "./logo-path";

it("names a picture of our own origin, another for another address, whatever the brand's id holds", () => {
  const path = (id: string, logoUrl: string | null) => logoPath({ id, logoUrl });
  expect(path("7", null)).toBeNull();
  expect(path("7", "")).toBeNull();
  expect(path("7", "https://one.example/a.png")).toMatch(/^\/api\/v1\/catalog\/brands\/7\/logo\?v=[\w-]{12}$/);
  expect(path("7", "https://one.example/a.png")).not.toBe(path("7", "https://one.example/b.png"));
  expect(path("../../x?y#z", "https://one.example")).toMatch(/^\/api\/v1\/catalog\/brands\/\.\.%2F\.\.%2Fx%3Fy%23z\/logo\?v=/);
});
