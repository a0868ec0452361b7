import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import type { CatalogAnswer, SupplierBrand } from "@/lib/bamboo";
import { lockCatalog } from "@/lib/catalog";
import { asError, log } from "@/lib/log";
import { supplier } from "@/lib/supplier";
import { forgetWishes, postponeWishes } from "./forget-wishes";
import type { Reread } from "./plan-rereads";
import { tellPrices } from "./tell-prices";
import { withdraw } from "./withdraw";
import { writeBrands } from "./write-brands";

export type RereadProducts =
  /** `missing`: wished products that the brand's answer lacks. Their wishes stay: each is to be read by its own id, and that decides. */
  | { kind: "read"; products: number; rows: number; withdrawn: number; missing: number[] }
  | { kind: "later"; waitMs: number }
  /** The wishes stay, behind all others. */
  | { kind: "unusable"; why: string };

const MAX_TURN_WAIT_MS = 10_000;

/**
 * Reads what some wishes are about and writes it as a full read does. A product that was asked for by its id and is in no answer is
 * withdrawn; one that its brand lacks may have moved to another, so that is not enough. Shares the pace of the full reads and is none: it
 * neither counts as one nor makes the catalogue fresh.
 */
export async function rereadProducts(reread: Reread): Promise<RereadProducts> {
  const readAt = await databaseTime();
  const reserved = await supplier().reserve("catalog", MAX_TURN_WAIT_MS);
  if (reserved.kind === "not_now") return { kind: "later", waitMs: reserved.waitMs };
  const answer = await supplier().catalogPage(reserved.turn, reread);
  if (answer.kind === "not_now") return { kind: "later", waitMs: answer.waitMs };
  if (answer.kind === "throttled") return { kind: "later", waitMs: answer.waitSeconds * 1_000 };
  const why = whyUnusable(reread, answer);
  if (answer.kind !== "page" || why !== null) return putOff(reread, readAt, why ?? answer.kind);
  try {
    return await write(reread, readAt, answer.brands);
  } catch (thrown) {
    log.error("Products that were read by themselves could not be written", { err: asError(thrown) });
    return putOff(reread, readAt, "the answer could not be written");
  }
}

function write(reread: Reread, readAt: string, brands: readonly SupplierBrand[]): Promise<RereadProducts> {
  return db().transaction(async (tx) => {
    const listed = new Set(brands.flatMap(({ products, unreadable }) => [...products.map(({ id }) => id), ...unreadable]));
    const missing = reread.productIds.filter((id) => !listed.has(id));
    const isDecided = "productId" in reread;
    const settled = isDecided ? reread.productIds : reread.productIds.filter((id) => listed.has(id));
    await lockCatalog(tx);
    // Before orders are locked, as whoever wishes does.
    await forgetWishes(tx, { until: readAt, productIds: settled });
    const { productIds, counts, rows } = await writeBrands(tx, { refreshId: null, readAt }, brands);
    await tellPrices(tx, counts);
    const { withdrawnIds } = await withdraw(tx, null, isDecided ? missing : []);
    return {
      kind: "read",
      products: productIds.length,
      rows: rows + withdrawnIds.length,
      withdrawn: withdrawnIds.length,
      missing: isDecided ? [] : missing,
    };
  });
}

async function putOff({ productIds }: Reread, readAt: string, why: string): Promise<RereadProducts> {
  log.warn("Products could not be read by themselves", { why, products: productIds.length });
  await db().transaction((tx) => postponeWishes(tx, { until: readAt, productIds }));
  return { kind: "unusable", why };
}

function whyUnusable(reread: Reread, answer: Exclude<CatalogAnswer, { kind: "throttled" }>): string | null {
  if (answer.kind === "unclear") return answer.cause;
  if (answer.kind === "refused") return `HTTP ${answer.status}`;
  // An answer that ignored the question would withdraw what it was asked about.
  const { brands, total } = answer;
  const isOfBrand = !("brandId" in reread) || brands.every(({ id }) => id === reread.brandId);
  return total === brands.length && brands.length <= 1 && isOfBrand
    ? null
    : "the answer is about other brands than were asked for";
}

async function databaseTime(): Promise<string> {
  const { rows } = await db().execute<{ now: Date | string }>(sql`select now()`);
  return new Date(rows[0]?.now ?? 0).toISOString();
}
