import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/** A cookie is sent by any page; only ours may use it to change something. */
export function requireOwnOrigin(request: Request): void {
  if (SAFE.has(request.method)) return;
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  const own = new URL(env().APP_URL).origin;
  if (site && site !== "same-origin" && site !== "none") throw refused();
  if (origin && origin !== own) throw refused();
}

function refused(): AppError {
  return new AppError("forbidden", "This request came from another site. Use the portal itself.");
}
