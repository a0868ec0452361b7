import { randomUUID } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { orderAcceptedSchema, orderSchema } from "@/lib/orders/schemas";
import { magicProducts } from "@/local/bamboo/magic";
import { isolatedVariables } from "@/local/up/isolated";
import { type System, startSystem } from "@/local/up/system";
import { PortalApi } from "../support/portal-api";

/*
 * Only the database is on the path of an order: with the queue, the cache and the supplier frozen (their ports still take connections,
 * nothing ever answers, which is worse than a refusal), orders are accepted, and they finish once the three come back.
 */
const FROZEN = ["upstash", "inngest", "bamboo"] as const;
const ORDERS = 4;
const POLL_MS = 500;
const MAX_POLLS = 400;
/** PostgreSQL refuses to be root: started by root it runs as nobody, who must be able to walk to its data. */
const EVERYONE_MAY_ENTER = 0o755;

let dataDir: string;
let system: System;
let api: PortalApi;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "steller-outage-"));
  chmodSync(dataDir, EVERYONE_MAY_ENTER);
  system = await startSystem({ dataDir, mode: "start", env: isolatedVariables(), port: 0, log: console.log });
  api = new PortalApi(system.urls.portal);
  await api.signIn("buyer@northwind.example", system.env.DEMO_PASSWORD ?? "");
});

afterAll(async () => {
  signal("SIGCONT");
  await system.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

function signal(name: "SIGSTOP" | "SIGCONT"): void {
  for (const service of FROZEN) {
    const pid = system.pids[service];
    if (pid === undefined) throw new Error(`${service} is not running`);
    process.kill(pid, name);
  }
}

const place = async (key = randomUUID()) =>
  orderAcceptedSchema.parse(
    await api.json(
      "POST",
      "/api/v1/orders",
      { lines: [{ productId: magicProducts.instant.id, faceMinor: 1_000, quantity: 1 }] },
      { "idempotency-key": key },
    ),
  );

const statusOf = async (id: string) => orderSchema.parse(await api.json("GET", `/api/v1/orders/${id}`)).status;

test("with queue, cache and supplier frozen, orders are accepted; when they come back, all are delivered", async () => {
  signal("SIGSTOP");
  const key = randomUUID();
  const first = await place(key);
  const others = await Promise.all(Array.from({ length: ORDERS - 1 }, () => place()));
  expect(await place(key)).toEqual(first);
  const ids = [first, ...others].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ORDERS);
  for (const id of ids) expect(await statusOf(id)).toBe("queued");
  signal("SIGCONT");
  const open = new Set(ids);
  for (let poll = 0; poll < MAX_POLLS && open.size > 0; poll++) {
    for (const id of open) {
      const status = await statusOf(id);
      if (status === "completed") open.delete(id);
      else expect(["queued", "processing", "confirming"]).toContain(status);
    }
    await sleep(POLL_MS);
  }
  expect(open.size).toBe(0);
});
