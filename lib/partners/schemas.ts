import { z } from "zod";

export const MEMBER_ROLES = ["owner", "developer", "finance", "buyer", "viewer"] as const;
export const STAFF_ROLES = ["admin", "support"] as const;

export const PERMISSIONS = [
  "catalog.read",
  "orders.read",
  "orders.place",
  "orders.cancel",
  "cards.reveal",
  "wallet.read",
  "metrics.read",
  "purchases.read",
  "purchases.ask",
  "ledger.read",
  "ledger.adjust",
  "catalog.manage",
  "prices.manage",
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** GET /api/v1/me: who is signed in and what they may do; drives what the screens show. */
export const meSchema = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
  staffRole: z.enum(STAFF_ROLES).nullable(),
  partner: z
    .object({ id: z.string(), name: z.string(), role: z.enum(MEMBER_ROLES), currency: z.string(), urgentAllowed: z.boolean() })
    .nullable(),
  permissions: z.array(z.enum(PERMISSIONS)),
});
export type Me = z.infer<typeof meSchema>;
