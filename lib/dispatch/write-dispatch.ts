import { inArray, sql } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import { allocations, dispatches, dispatchLines, reportedPurchases } from "@/drizzle/schema";
import { checkoutBody } from "@/lib/bamboo";
import { env } from "@/lib/env";
import { derivedRequestId, newId } from "@/lib/ids";
import { majorText } from "@/lib/money";
import { halvesOf, partsOf } from "./halves";

/** An order line's share of a dispatch. */
export interface Share {
  orderLineId: string;
  productId: number;
  faceMinor: number;
  faceCurrency: string;
  quantity: number;
}

/** Whoever claimed it posts at once; if that process dies, the sweep finds the dispatch after this. */
const FIRST_CHECK_SECONDS = 60;

/**
 * Writes a dispatch with its exact body, its lines merged by product and face value, and who gets what, in claim order. The RequestId
 * follows from the order lines it buys for, which travel together once only: whoever writes it again, even from a database restored from
 * yesterday's copy, asks the supplier for the purchase that is there already.
 */
export async function writeDispatch(executor: Executor, shares: readonly Share[]): Promise<string> {
  const id = requestIdOf(shares);
  const accountId = env().BAMBOO_ACCOUNT_ID;
  const merged = mergeShares(shares);
  const body = checkoutBody(
    id,
    accountId,
    merged.map(({ productId, faceMinor, faceCurrency, quantity }) => ({
      productId,
      quantity,
      value: majorText(faceMinor, faceCurrency),
    })),
  );
  const cards = merged.reduce((sum, line) => sum + line.quantity, 0);
  await executor
    .insert(dispatches)
    .values({ id, accountId, body, cards, nextCheckAt: sql`now() + make_interval(secs => ${FIRST_CHECK_SECONDS})` });
  const lines = merged.map((line) => ({ ...line, id: newId(), dispatchId: id }));
  await executor.insert(dispatchLines).values(lines.map(({ shares: _, ...line }) => line));
  await executor.insert(allocations).values(
    lines.flatMap((line) =>
      line.shares.map(({ orderLineId, quantity }, position) => ({
        id: newId(),
        dispatchLineId: line.id,
        orderLineId,
        position,
        quantity,
      })),
    ),
  );
  return id;
}

/**
 * Writes what buys claimed lines: one dispatch, unless the supplier's report names a purchase of a part of it. Then, before this database
 * was put back, the whole was refused and travelled in halves; to post the whole could buy them again.
 */
export async function writeDispatches(executor: Executor, shares: readonly Share[]): Promise<string[]> {
  if (!(await anyReported(executor, partsOf(shares).map(requestIdOf)))) return [await writeDispatch(executor, shares)];
  const ids: string[] = [];
  for (const half of halvesOf(shares)) ids.push(...(await writeDispatches(executor, half)));
  return ids;
}

export async function anyReported(executor: Executor, requestIds: readonly string[]): Promise<boolean> {
  if (requestIds.length === 0) return false;
  const reported = await executor
    .select({ requestId: reportedPurchases.requestId })
    .from(reportedPurchases)
    .where(inArray(reportedPurchases.requestId, [...requestIds]))
    .limit(1);
  return reported.length > 0;
}

/** The RequestId under which these shares are bought together. */
export function requestIdOf(shares: readonly Pick<Share, "orderLineId">[]): string {
  return derivedRequestId("dispatch", ...shares.map(({ orderLineId }) => orderLineId).sort());
}

function mergeShares(shares: readonly Share[]) {
  const merged = new Map<
    string,
    { productId: number; faceMinor: number; faceCurrency: string; quantity: number; shares: Share[] }
  >();
  for (const share of shares) {
    const key = `${share.productId}:${share.faceMinor}`;
    const line = merged.get(key) ?? {
      productId: share.productId,
      faceMinor: share.faceMinor,
      faceCurrency: share.faceCurrency,
      quantity: 0,
      shares: [],
    };
    line.quantity += share.quantity;
    line.shares.push(share);
    merged.set(key, line);
  }
  return [...merged.values()];
}
