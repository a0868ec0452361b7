import { createHash } from "node:crypto";

const VERSION_LENGTH = 12;

/** Where a brand's logo is served from our own origin: another version names another picture, so answers may be kept for good. */
export function logoPath(brand: { id: string; logoUrl: string | null }): string | null {
  if (!brand.logoUrl) return null;
  return `/api/v1/catalog/brands/${encodeURIComponent(brand.id)}/logo?v=${logoVersion(brand.logoUrl)}`;
}

/** A short name of the supplier's address, which it does not tell. */
export function logoVersion(logoUrl: string): string {
  return createHash("sha256").update(logoUrl).digest("base64url").slice(0, VERSION_LENGTH);
}
