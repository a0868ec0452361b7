import { createHmac, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env";

const COOKIE = /(?:^|;\s*)(?:__Secure-)?steller\.session_token=([^;]+)/;
const MAX_COOKIE_LENGTH = 500;

/** The session cookie as it came, unproved; null for none. */
export function sessionCookie(headers: Headers): string | null {
  return COOKIE.exec(headers.get("cookie") ?? "")?.[1] ?? null;
}

/**
 * The session token of a request, when its cookie bears our signature; null for none and for a forged one. The form is the sign-in
 * library's: token, dot, HMAC-SHA256 of the token in base64.
 */
export function sessionToken(headers: Headers): string | null {
  const raw = sessionCookie(headers);
  if (!raw || raw.length > MAX_COOKIE_LENGTH) return null;
  const value = decoded(raw);
  const dot = value.lastIndexOf(".");
  if (dot < 1) return null;
  const token = value.slice(0, dot);
  const given = Buffer.from(value.slice(dot + 1), "base64");
  const right = createHmac("sha256", env().AUTH_SECRET).update(token).digest();
  return given.length === right.length && timingSafeEqual(given, right) ? token : null;
}

/** A cookie that is not well encoded is nobody's. */
function decoded(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch (thrown) {
    if (thrown instanceof URIError) return "";
    throw thrown;
  }
}
