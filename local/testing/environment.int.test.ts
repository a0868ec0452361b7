import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { isLoopback } from "../up/environment";

test("integration tests reach stand-ins on this machine only", () => {
  const addresses = [
    process.env.DATABASE_URL,
    process.env.UPSTASH_REDIS_REST_URL,
    process.env.INNGEST_BASE_URL,
    process.env.BAMBOO_BASE_URL,
  ];
  expect(addresses.map(isLoopback)).toEqual([true, true, true, true]);
});

test("they meet the database as the product does: under its own role, which cannot change the schema", async () => {
  const { rows } = await db().execute(sql`select current_user as role, has_schema_privilege('public', 'create') as may_create`);
  expect(rows).toEqual([{ role: "steller_app", may_create: false }]);
});
