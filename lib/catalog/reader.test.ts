import { expect, test } from "vitest";
import type { Ctx } from "@/lib/auth";
import { catalogReader } from "./reader";

const NOW = Date.parse("2026-11-23T10:10:00.000Z");
const SIX_HOURS_MS = 6 * 3_600_000;
const ctxOf = (partnerId: string): Ctx => ({
  actor: { kind: "member", userId: "u", partnerId, role: "viewer" },
  requestId: "r",
  from: { ipAddress: null, userAgent: null },
});
const moment = {
  standing: { version: 7, completedAt: "2026-11-23T10:00:00.000Z", allowedAt: null },
  partner: { settingsVersion: 3, listedOnly: false },
  rates: { id: "r1", lastSeenAt: "2026-11-23T10:05:00.000Z" },
  words: [],
};
const tag = (over: Partial<typeof moment> = {}, { nowMs = NOW, partnerId = "p", asked = "/products" } = {}) =>
  catalogReader(ctxOf(partnerId), { ...moment, ...over }, nowMs).tag(asked);

test("the same answer has the same name, whenever within the half hour it is asked for and however often the rates were confirmed", () => {
  expect(tag({}, { nowMs: NOW + 60_000 })).toBe(tag());
  expect(tag({ rates: { ...moment.rates, lastSeenAt: "2026-11-23T10:09:00.000Z" } })).toBe(tag());
});

test.each([
  ["the catalogue", tag({ standing: { ...moment.standing, version: 8 } })],
  ["the time of the last read", tag({ standing: { ...moment.standing, completedAt: "2026-11-23T10:00:00.001Z" } })],
  ["the partner's settings", tag({ partner: { ...moment.partner, settingsVersion: 4 } })],
  ["the rates", tag({ rates: { ...moment.rates, id: "r2" } })],
  ["rates that become too old", tag({ rates: { ...moment.rates, lastSeenAt: "2026-11-23T04:09:00.000Z" } })],
  ["the next refresh", tag({}, { nowMs: NOW + 20 * 60_000 })],
  ["the partner", tag({}, { partnerId: "q" })],
  ["the question", tag({}, { asked: "/products?limit=1" })],
])("another name when it changes: %s", (_, changed) => {
  expect(changed).not.toBe(tag());
});

test("a catalogue that was read too long ago is told as stale", () => {
  expect(catalogReader(ctxOf("p"), moment, NOW).catalogStale).toBe(false);
  expect(catalogReader(ctxOf("p"), moment, NOW + SIX_HOURS_MS).catalogStale).toBe(true);
});
