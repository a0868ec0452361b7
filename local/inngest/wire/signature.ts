import { createHash, createHmac, timingSafeEqual } from "node:crypto";

const PREFIX = /^signkey-\w+-/;
const MAX_SKEW_SECONDS = 300;

/** `t=<unix seconds>&s=<hex>` over the text and its time; the key is used as text, not decoded from hex (§3.4 of the protocol). */
export function sign(text: string, signingKey: string, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000).toString();
  return `t=${seconds}&s=${mac(text, seconds, signingKey)}`;
}

/** True when the signature is ours and not older or newer than five minutes. */
export function verify(text: string, header: string | undefined, signingKey: string, nowMs: number): boolean {
  const params = new URLSearchParams(header ?? "");
  const seconds = params.get("t") ?? "";
  const given = params.get("s") ?? "";
  if (!/^\d{1,12}$/.test(seconds) || Math.abs(nowMs / 1000 - Number(seconds)) > MAX_SKEW_SECONDS) return false;
  return sameText(mac(text, seconds, signingKey), given);
}

/** What API callers send as bearer instead of the key itself: the prefix kept, the rest sha256 over the decoded hex. */
export function hashedKey(signingKey: string): string {
  const prefix = PREFIX.exec(signingKey)?.[0] ?? "";
  const digest = createHash("sha256")
    .update(Buffer.from(signingKey.slice(prefix.length), "hex"))
    .digest("hex");
  return `${prefix}${digest}`;
}

/** Compares two secrets without telling by the time taken where they part. */
export function sameText(a: string, b: string): boolean {
  const left = createHash("sha256").update(a).digest();
  const right = createHash("sha256").update(b).digest();
  return timingSafeEqual(left, right);
}

/** Throws where the key is not of the shape production demands, so that a wrong one is found here and not there. */
export function assertSigningKey(signingKey: string): void {
  const hex = signingKey.replace(PREFIX, "");
  if (!PREFIX.test(signingKey) || !/^([0-9a-f]{2})+$/i.test(hex)) {
    throw new Error("The Inngest signing key must read signkey-<name>-<even number of hex digits>, e.g. signkey-local-0a1b2c3d.");
  }
}

function mac(text: string, seconds: string, signingKey: string): string {
  return createHmac("sha256", signingKey.replace(PREFIX, "")).update(text).update(seconds).digest("hex");
}
