import { createHash, timingSafeEqual } from "node:crypto";
import type { Modes } from "../modes";
import { json, type Reply, text } from "./reply";

/** True if both are the same; takes the same time wherever they differ. */
export function sameSecret(left: string, right: string): boolean {
  const digest = (value: string) => createHash("sha256").update(value).digest();
  return timingSafeEqual(digest(left), digest(right));
}

/** The refusal of a caller that is not the sandbox's client, or null. */
export function refuseCaller(
  header: string | undefined,
  client: { clientId: string; clientSecret: string },
  modes: Modes,
): Reply | null {
  const encoded = /^Basic\s+([A-Za-z0-9+/=_-]+)$/i.exec(header ?? "")?.[1];
  const given = encoded === undefined ? null : Buffer.from(encoded, "base64").toString("utf8");
  if (given === null || !sameSecret(given, `${client.clientId}:${client.clientSecret}`)) return unauthorised(modes.authBody);
  return modes.ipAllowed ? null : json(403, { error: "Forbidden: the IP address is not whitelisted." });
}

function unauthorised(form: Modes["authBody"]): Reply {
  const reply = form === "json" ? json(401, { message: "Unauthorized" }) : text(401, form === "text" ? "Unauthorized" : "");
  return { ...reply, headers: { "www-authenticate": "Basic" } };
}
