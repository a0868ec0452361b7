import { CATALOG_PAGE_SIZE } from "@/lib/bamboo";
import { supplier } from "@/lib/supplier";
import { heard } from "./heard";
import { writePage } from "./write-page";

export type RefreshedPage =
  | { kind: "page"; brands: number; products: number; rows: number; last: boolean }
  | { kind: "later"; waitMs: number };

const MAX_TURN_WAIT_MS = 10_000;

/**
 * Reads one page of the catalogue and writes it, in one transaction. Throws when the answer is unusable, with nothing of it kept, and when
 * the refresh is over.
 */
export async function refreshPage(refreshId: string, page: number, pageSize = CATALOG_PAGE_SIZE): Promise<RefreshedPage> {
  const readAt = await heard(refreshId);
  const reserved = await supplier().reserve("catalog", MAX_TURN_WAIT_MS);
  if (reserved.kind === "not_now") return { kind: "later", waitMs: reserved.waitMs };
  const answer = await supplier().catalogPage(reserved.turn, { pageIndex: page, pageSize });
  if (answer.kind === "not_now") return { kind: "later", waitMs: answer.waitMs };
  if (answer.kind === "throttled") return { kind: "later", waitMs: answer.waitSeconds * 1_000 };
  if (answer.kind === "refused") throw new Error(`Page ${page + 1} of the catalogue is refused: HTTP ${answer.status}`);
  if (answer.kind === "unclear") throw new Error(`Page ${page + 1} of the catalogue is unusable: ${answer.cause}`);
  const { brands, total, pages } = answer;
  const { counts, rows } = await writePage({ refreshId, page, readAt, brands, supplierBrands: total, pages });
  return { kind: "page", brands: counts.brands, products: counts.products, rows, last: page + 1 >= pages };
}
