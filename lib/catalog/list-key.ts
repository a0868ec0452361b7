import { createHash } from "node:crypto";
import type { Narrowed } from "./narrow";
import type { CatalogReader } from "./reader";

/** Each keystroke is another search, and few are made twice. */
const SEARCH_SECONDS = 10 * 60;

/** Under which name a list is kept: with the partner's versions where what it holds is not the same for everybody. */
export function listKey(kind: string, reader: CatalogReader, { byPrice }: Narrowed, query: object): string {
  const { catalog, settings, rates } = reader.versions;
  const whose = byPrice ? `${settings}:${rates}` : reader.listedOnly ? settings : "all";
  const asked = createHash("sha256")
    .update(JSON.stringify([{ ...query, search: undefined }, reader.words]))
    .digest("base64url");
  return `${kind}:${catalog}:${whose}:${asked}`;
}

export function listSeconds(reader: CatalogReader, catalogSeconds: number): number {
  return reader.words.length > 0 ? SEARCH_SECONDS : catalogSeconds;
}
