import type { MEMBER_ROLES, STAFF_ROLES } from "@/lib/partners/schemas";

/** Who is acting. Every verb takes one, and every audit row names one. */
export type Actor =
  | { kind: "member"; userId: string; partnerId: string; role: (typeof MEMBER_ROLES)[number] }
  | { kind: "staff"; userId: string; role: (typeof STAFF_ROLES)[number] }
  /** A durable function acting by itself; `job` is its name. */
  | { kind: "system"; job: string };

export interface Ctx {
  actor: Actor;
  requestId: string;
  /** Where the request came from, for the record of reveals. */
  from: { ipAddress: string | null; userAgent: string | null };
}
