import { eq } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { members, partners, users } from "@/drizzle/schema";
import type { Me } from "@/lib/partners/schemas";
import type { Actor } from "./actor";
import { permissionsOf } from "./permissions";
import { signIn } from "./sign-in";

export interface Caller {
  actor: Actor;
  me: Me;
}

/** Who the session cookie in `headers` belongs to; null for nobody, and for a member of a partner that was switched off. */
export async function loadCaller(headers: Headers): Promise<Caller | null> {
  const session = await signIn().api.getSession({ headers });
  if (!session) return null;
  const [row] = await db()
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      staffRole: users.staffRole,
      partnerId: partners.id,
      partnerName: partners.name,
      currency: partners.currency,
      active: partners.active,
      role: members.role,
    })
    .from(users)
    .leftJoin(members, eq(members.userId, users.id))
    .leftJoin(partners, eq(partners.id, members.partnerId))
    .where(eq(users.id, session.user.id));
  if (!row) return null;
  const user = { id: row.id, name: row.name, email: row.email };
  if (row.staffRole) {
    const actor: Actor = { kind: "staff", userId: row.id, role: row.staffRole };
    return { actor, me: { user, staffRole: row.staffRole, partner: null, permissions: [...permissionsOf(actor)] } };
  }
  if (!row.partnerId || !row.partnerName || !row.currency || !row.role || !row.active) return null;
  const actor: Actor = { kind: "member", userId: row.id, partnerId: row.partnerId, role: row.role };
  const partner = { id: row.partnerId, name: row.partnerName, role: row.role, currency: row.currency };
  return { actor, me: { user, staffRole: null, partner, permissions: [...permissionsOf(actor)] } };
}
