import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { COMPLETE_ENV } from "@/lib/env.fixture";
import { requireOwnOrigin } from "./origin";

const OWN = new URL(COMPLETE_ENV.APP_URL).origin;

beforeAll(() => {
  for (const [name, value] of Object.entries(COMPLETE_ENV)) vi.stubEnv(name, value);
});
afterAll(() => vi.unstubAllEnvs());

const ask = (method: string, headers: Record<string, string>) => () =>
  requireOwnOrigin(new Request(`${OWN}/api/v1/orders`, { method, headers }));
const fromElsewhere = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };

describe("a request that changes something", () => {
  it.each([
    ["our own page", { origin: OWN, "sec-fetch-site": "same-origin" }],
    ["our own page in a browser without fetch metadata", { origin: OWN }],
    ["the address bar", { "sec-fetch-site": "none" }],
    ["a program, which sends neither header", {}],
  ])("is let in from %s", (_, headers: Record<string, string>) => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) expect(ask(method, headers)).not.toThrow();
  });

  it.each([
    ["another site", fromElsewhere],
    ["another site, metadata only", { "sec-fetch-site": "cross-site" }],
    ["a neighbour under the same name", { "sec-fetch-site": "same-site", origin: "https://blog.portal.example" }],
    ["another site in a browser without fetch metadata", { origin: "https://evil.example" }],
    ["a sandboxed frame", { origin: "null" }],
    ["our name without encryption", { origin: OWN.replace("https", "http") }],
    ["our name on another port", { origin: `${OWN}:8443` }],
    ["a name that begins like ours", { origin: `${OWN}.evil.example` }],
  ])("is refused from %s", (_, headers: Record<string, string>) => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE"])
      expect(ask(method, headers)).toThrow(expect.objectContaining({ code: "forbidden" }));
  });
});

it.each(["GET", "HEAD", "OPTIONS"])("%s is let in from anywhere", (method) => {
  expect(ask(method, fromElsewhere)).not.toThrow();
});
