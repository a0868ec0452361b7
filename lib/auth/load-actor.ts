import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/drizzle/client";
import { MEMBER_ROLES, type Me, STAFF_ROLES } from "@/lib/partners/schemas";
import type { Actor } from "./actor";
import { permissionsOf } from "./permissions";
import { sessionToken } from "./session-token";

export interface Caller {
  actor: Actor;
  me: Me;
}

const callerRow = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  staff_role: z.enum(STAFF_ROLES).nullable(),
  partner_id: z.string().nullable(),
  partner_name: z.string().nullable(),
  currency: z.string().nullable(),
  active: z.boolean().nullable(),
  urgent_allowed: z.boolean().nullable(),
  role: z.enum(MEMBER_ROLES).nullable(),
});

/** Who the session cookie in `headers` belongs to; null for nobody, and for a member of a partner that was switched off. */
export async function loadCaller(headers: Headers): Promise<Caller | null> {
  return (await loadCallerBeside(headers, sql`null`)).caller;
}

/**
 * The caller, and in the same round trip the JSON value of an SQL expression that may name the caller's partner as `CALLERS_PARTNER`.
 * It is undefined for nobody.
 */
export async function loadCallerBeside(headers: Headers, beside: SQL): Promise<{ caller: Caller | null; beside: unknown }> {
  const token = sessionToken(headers);
  if (!token) return { caller: null, beside: undefined };
  const { rows } = await db().execute<{ caller: unknown; beside: unknown }>(sql`
    with caller as (
      select u.id, u.name, u.email, u.staff_role, p.id as partner_id, p.name as partner_name, p.currency, p.active, p.urgent_allowed, m.role
      from sessions s join users u on u.id = s.user_id left join members m on m.user_id = u.id left join partners p on p.id = m.partner_id
      where s.token = ${token} and s.expires_at > now())
    select to_jsonb(caller) as caller, ${beside} as beside from caller`);
  const [row] = rows;
  const caller = row ? toCaller(callerRow.parse(row.caller)) : null;
  return { caller, beside: caller ? row?.beside : undefined };
}

/** See `loadCallerBeside`. */
export const CALLERS_PARTNER = sql`caller.partner_id`;

function toCaller(row: z.infer<typeof callerRow>): Caller | null {
  const user = { id: row.id, name: row.name, email: row.email };
  if (row.staff_role) {
    const actor: Actor = { kind: "staff", userId: row.id, role: row.staff_role };
    return { actor, me: { user, staffRole: row.staff_role, partner: null, permissions: [...permissionsOf(actor)] } };
  }
  if (!row.partner_id || !row.partner_name || !row.currency || !row.role || !row.active) return null;
  const actor: Actor = { kind: "member", userId: row.id, partnerId: row.partner_id, role: row.role };
  const partner = {
    id: row.partner_id,
    name: row.partner_name,
    role: row.role,
    currency: row.currency,
    urgentAllowed: row.urgent_allowed ?? false,
  };
  return { actor, me: { user, staffRole: null, partner, permissions: [...permissionsOf(actor)] } };
}
