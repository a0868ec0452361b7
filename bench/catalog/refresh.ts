import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { beginRefresh, completeRefresh, refreshPage } from "@/lib/refresh";
import type { BambooControl } from "../../local/bamboo/control";
import type { BenchOptions } from "../bench";
import { round } from "../sample";
import { rowsWritten } from "./rows-written";

const CHANGED_SHARE = 0.01;
const MAX_PAGES = 100;
const MAX_WAITS = 100;
const MS = 1_000;

export interface MeasuredRefresh {
  seconds: number;
  /** In all tables, as PostgreSQL counts them. */
  rows: number;
  /** What its pages say that they wrote. */
  pageRows: number;
}

/** A refresh with nothing new and one after a hundredth of the prices changed, at the pace that the supplier allows. */
export async function measureRefresh(control: BambooControl, { say, signal }: BenchOptions) {
  const { rows } = await db().execute<{ id: number; cost: string }>(
    sql`select id, cost_min::text as cost from products where withdrawn_at is null and face_min_minor = face_max_minor order by id`,
  );
  const idle = await refresh(signal);
  say(`  refresh with nothing new: ${idle.seconds} s, ${idle.rows} rows, ${idle.pageRows} of them by its pages`);
  const each = Math.round(1 / CHANGED_SHARE);
  for (const { id, cost } of rows.filter((_, at) => at % each === 0)) {
    signal.throwIfAborted();
    await control.setProduct({ productId: id, priceMin: Number(cost) + 1, announce: false });
  }
  const changed = await refresh(signal);
  say(`  refresh after 1 % changed: ${changed.seconds} s, ${changed.rows} rows, ${changed.pageRows} of them by its pages`);
  const { rows: live } = await db().execute<{ count: number }>(sql`select count(*) from products where withdrawn_at is null`);
  return { idle, changed, products: live[0]?.count ?? 0 };
}

/** As the function does it, each of its steps here. */
async function refresh(signal: AbortSignal): Promise<MeasuredRefresh> {
  // As if the reads so far were of an earlier hour.
  await db().execute(sql`update catalog_refreshes set started_at = started_at - interval '2 hours'`);
  const before = await rowsWritten();
  const startedAt = performance.now();
  const began = await beginRefresh("admin");
  if (began.kind !== "began") throw new Error("A refresh may not begin; the portal has one running.");
  let pageRows = 0;
  let waits = 0;
  for (let page = 0; page < MAX_PAGES; ) {
    signal.throwIfAborted();
    const read = await refreshPage(began.refreshId, page);
    if (read.kind === "later") {
      if (++waits > MAX_WAITS) throw new Error("The supplier kept the catalogue back for too long.");
      await new Promise((resolve) => setTimeout(resolve, read.waitMs));
      continue;
    }
    pageRows += read.rows;
    if (read.last) break;
    page += 1;
  }
  const ended = await completeRefresh(began.refreshId);
  if (ended.kind !== "completed") throw new Error(`The refresh failed: ${JSON.stringify(ended)}`);
  const seconds = round((performance.now() - startedAt) / MS, 2);
  return { seconds, rows: (await rowsWritten()) - before, pageRows };
}
