import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { checkArrows } from "./check";

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
});

/** Plants files (path to text) in a fresh folder and gives the breaches as `path:line rule`. */
function breachesOf(files: Record<string, string>): string[] {
  const root = mkdtempSync(join(tmpdir(), "arrows-"));
  roots.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return checkArrows(root).breaches.map((breach) => `${breach.path}:${breach.line} ${breach.rule}`);
}

const CAUGHT: [string, Record<string, string>, string][] = [
  [
    "an app page that imports drizzle-orm",
    { "app/page.tsx": 'import { eq } from "drizzle-orm";' },
    "app/page.tsx:1 adapters-hold-no-sql",
  ],
  [
    "a component that imports a table",
    { "components/a.tsx": 'import { orders } from "@/drizzle/schema/orders";' },
    "components/a.tsx:1 adapters-hold-no-sql",
  ],
  [
    "a function that imports pg",
    { "inngest/functions/a.ts": '\nimport pg from "pg";' },
    "inngest/functions/a.ts:2 adapters-hold-no-sql",
  ],
  [
    "a route that reaches drizzle relatively",
    { "app/api/a.ts": 'import { db } from "../../drizzle/client";' },
    "app/api/a.ts:1 adapters-hold-no-sql",
  ],
  [
    "the Neon driver in a route",
    { "app/a.ts": 'import { Pool } from "@neondatabase/serverless";' },
    "app/a.ts:1 adapters-hold-no-sql",
  ],
  [
    "next in a domain",
    { "lib/orders/a.ts": 'import { headers } from "next/headers";' },
    "lib/orders/a.ts:1 only-lib-http-knows-next",
  ],
  [
    "next in lib/auth",
    { "lib/auth/a.ts": 'import type { NextRequest } from "next";' },
    "lib/auth/a.ts:1 only-lib-http-knows-next",
  ],
  [
    "a stand-in imported by lib",
    { "lib/orders/a.ts": 'const b = await import("@/local/bamboo/start");' },
    "lib/orders/a.ts:1 product-never-imports-local",
  ],
  [
    "a stand-in imported by a root file",
    { "proxy.ts": 'export { a } from "./local/a";' },
    "proxy.ts:1 product-never-imports-local",
  ],
  [
    "process.env in a domain",
    { "lib/orders/a.ts": "export const a = 1;\nexport const b = process.env.B;" },
    "lib/orders/a.ts:2 environment-is-parsed-once",
  ],
  [
    "process.env in the database client",
    { "drizzle/client.ts": "process.env.DATABASE_URL;" },
    "drizzle/client.ts:1 environment-is-parsed-once",
  ],
  [
    "a domain imported by lib/bamboo",
    { "lib/bamboo/a.ts": 'import { b } from "../orders";', "lib/orders/index.ts": "" },
    "lib/bamboo/a.ts:1 bamboo-knows-no-domain",
  ],
  [
    "a table imported by lib/bamboo",
    { "lib/bamboo/a.ts": 'import { b } from "@/drizzle/schema";' },
    "lib/bamboo/a.ts:1 bamboo-knows-no-domain",
  ],
  [
    "a domain imported by a leaf",
    { "lib/money.ts": 'import { a } from "./pricing";', "lib/pricing/index.ts": "" },
    "lib/money.ts:1 leaves-are-leaves",
  ],
  ["a table imported by a leaf", { "lib/ids.ts": 'import { a } from "@/drizzle/client";' }, "lib/ids.ts:1 leaves-are-leaves"],
  ["app imported by lib", { "lib/http/a.ts": 'import { a } from "@/app/layout";' }, "lib/http/a.ts:1 lib-looks-down"],
  [
    "lib/http imported by a domain",
    { "lib/wallet/a.ts": 'import { a } from "@/lib/http/route";' },
    "lib/wallet/a.ts:1 domains-know-no-http",
  ],
  [
    "a verb imported by a component",
    { "components/a.tsx": 'import { placeOrder } from "@/lib/orders";', "lib/orders/index.ts": "" },
    "components/a.tsx:1 components-take-words-only",
  ],
  [
    "another domain's inside",
    { "lib/orders/a.ts": 'import { hold } from "@/lib/wallet/hold";', "lib/wallet/hold.ts": "" },
    "lib/orders/a.ts:1 domains-meet-at-the-door",
  ],
  [
    "functions imported by a page",
    { "app/page.tsx": 'import { a } from "@/inngest/functions/a";' },
    "app/page.tsx:1 functions-are-served-once",
  ],
  [
    "a domain imported by a table",
    { "drizzle/schema/a.ts": 'import { a } from "@/lib/orders/schemas";' },
    "drizzle/schema/a.ts:1 tables-know-no-domain",
  ],
  ["301 lines without a reason", { "lib/orders/a.ts": "x\n".repeat(301) }, "lib/orders/a.ts:301 files-are-short"],
  [
    "a component that reaches the server in two steps",
    {
      "components/a.tsx": 'import { a } from "@/lib/money";',
      "lib/money.ts": 'export * from "./ids";',
      "lib/ids.ts": 'import "node:crypto";',
    },
    "components/a.tsx:1 components-reach-no-server",
  ],
  [
    "a cycle of three domains",
    {
      "lib/orders/a.ts": 'import "@/lib/wallet";',
      "lib/wallet/index.ts": 'import "@/lib/pricing";',
      "lib/pricing/index.ts": '\nimport "@/lib/orders/schemas";',
      "lib/orders/schemas.ts": "",
    },
    "lib/pricing/index.ts:2 domains-have-no-cycle",
  ],
];

describe("a planted breach is caught:", () => {
  test.each(CAUGHT)("%s", (_name, files, expected) => {
    expect(breachesOf(files)).toEqual([expected]);
  });
});

test("what the rules allow passes", () => {
  const allowed = {
    "app/page.tsx": 'import { placeOrder } from "@/lib/orders";\nimport { cookies } from "next/headers";',
    "app/api/inngest/route.ts": 'import { functions } from "@/inngest/functions";',
    "app/a.int.test.ts": 'import { db } from "@/drizzle/client";\nimport { start } from "@/local/bamboo/start";',
    "components/a.tsx":
      'import { schema } from "@/lib/orders/schemas";\nimport { f } from "@/lib/orders/steps.shared";\nimport { m } from "@/lib/money";',
    "inngest/functions/index.ts": 'import { settle } from "@/lib/dispatch";',
    "lib/orders/index.ts": 'export * from "./place-order";',
    "lib/orders/place-order.ts":
      'import { hold } from "@/lib/wallet";\nimport { db } from "@/drizzle/client";\nimport { eq } from "drizzle-orm";',
    "lib/orders/schemas.ts": 'import type { Row } from "@/drizzle/schema/orders";',
    "lib/orders/steps.shared.ts": "export const f = 1;",
    "lib/wallet/index.ts": 'import { m } from "@/lib/money";',
    "lib/dispatch/index.ts": 'import { client } from "@/lib/bamboo/client";',
    "lib/bamboo/client.ts": 'import { m } from "../money";',
    "lib/http/route.ts": 'import { NextResponse } from "next/server";',
    "lib/money.ts": 'import { z } from "zod";',
    "lib/env.ts": "export const e = process.env;",
    "drizzle/seed.ts": "process.env.DEMO_PASSWORD;",
    "drizzle/migrations/0000.ts": "x\n".repeat(500),
    "drizzle/schema/a.ts": 'import { id } from "@/lib/ids";',
    "lib/ids.ts": 'import "node:crypto";',
    "instrumentation.ts": "process.env.NEXT_RUNTIME;",
    "next.config.ts": "process.env.NODE_ENV;",
    "local/up.ts": 'process.env.PORT;\nimport "../lib/env";',
    "e2e/support/start.ts": 'import { startSystem } from "../../local/up/system";',
    "lib/long.ts": `// ${"Long because"} it is one table.\n${"x\n".repeat(400)}`,
  };
  expect(breachesOf(allowed)).toEqual([]);
});
