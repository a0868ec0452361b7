import type { Me } from "@/lib/partners/schemas";

/** Where a person starts: staff at the metrics, members of a partner at the catalogue. */
export function homeOf(me: Me): "/admin" | "/catalogue" {
  return me.partner === null && me.staffRole !== null ? "/admin" : "/catalogue";
}
