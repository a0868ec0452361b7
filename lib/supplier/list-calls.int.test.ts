import { randomUUID } from "node:crypto";
import { inArray } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { supplierCalls } from "@/drizzle/schema";
import type { Ctx } from "@/lib/auth";
import { makePartner } from "@/local/testing/factories";
import { listCalls } from "./list-calls";
import type { SupplierCall } from "./schemas";

const support: Ctx = {
  actor: { kind: "staff", userId: "nobody", role: "support" },
  requestId: "test",
  from: { ipAddress: null, userAgent: null },
};
const PAGE = 7;
const MAX_PAGES = 500;
/** Out of every window that counts calls. */
const LONG_AGO = new Date(Date.now() - 7_200_000);
const dispatchId = randomUUID();
const made: number[] = [];

beforeAll(async () => {
  const kinds = [
    { endpoint: "placeOrder", outcome: "placed" },
    { endpoint: "getOrder", outcome: "found" },
    { endpoint: "getOrder", outcome: "throttled" },
    { endpoint: "catalog", outcome: "throttled" },
    { endpoint: "catalog", outcome: "page" },
  ];
  const calls = Array.from({ length: 4 }, () => kinds)
    .flat()
    .map((kind) => ({ ...kind, httpStatus: 200, durationMs: 12, dispatchId, productIds: [1, 2], createdAt: LONG_AGO }));
  const rows = await db().insert(supplierCalls).values(calls).returning({ id: supplierCalls.id });
  made.push(...rows.map(({ id }) => id));
});

afterAll(() => db().delete(supplierCalls).where(inArray(supplierCalls.id, made)));

/** All of ours that the list gives, page by page. */
async function walk(filters: Omit<Parameters<typeof listCalls>[1], "limit" | "cursor">): Promise<SupplierCall[]> {
  const seen: SupplierCall[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const { items, nextCursor } = await listCalls(support, { ...filters, limit: PAGE, cursor });
    seen.push(...items);
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  return seen.filter((call) => call.dispatchId === dispatchId);
}

test.each([
  [{}, 20],
  [{ endpoint: "getOrder" }, 8],
  [{ outcome: "throttled" }, 8],
  [{ endpoint: "catalog", outcome: "throttled" }, 4],
  [{ endpoint: "exchangeRates", outcome: "placed" }, 0],
] as const)("%o shows each call once, newest first, for staff who may only look", async (filters, count) => {
  const calls = await walk(filters);
  expect(calls).toHaveLength(count);
  expect(calls.map(({ id }) => id)).toEqual(calls.map(({ id }) => id).toSorted((a, b) => b - a));
  expect(new Set(calls.map(({ id }) => id)).size).toBe(count);
  for (const call of calls) expect(call).toMatchObject({ ...filters, httpStatus: 200, durationMs: 12, products: 2 });
});

test("to a partner the list does not exist, and a cursor of another list is refused", async () => {
  const { ctx } = await makePartner({ fundsMinor: 0 });
  await expect(listCalls(ctx, { limit: 3 })).rejects.toMatchObject({ code: "not_found" });
  await expect(listCalls(support, { limit: 3, cursor: "no-cursor" })).rejects.toMatchObject({ code: "invalid_input" });
});
