import { AppError, notFound } from "@/lib/errors";
import type { MEMBER_ROLES, Permission, STAFF_ROLES } from "@/lib/partners/schemas";
import type { Actor, Ctx } from "./actor";

const READ: Permission[] = ["catalog.read", "orders.read", "wallet.read"];

const MEMBER_MAY: Record<(typeof MEMBER_ROLES)[number], readonly Permission[]> = {
  owner: [...READ, "orders.place", "orders.cancel", "cards.reveal"],
  buyer: [...READ, "orders.place", "orders.cancel", "cards.reveal"],
  developer: [...READ, "orders.place", "orders.cancel"],
  finance: READ,
  viewer: READ,
};

const STAFF_READ: Permission[] = ["metrics.read", "purchases.read", "ledger.read"];

const STAFF_MAY: Record<(typeof STAFF_ROLES)[number], readonly Permission[]> = {
  admin: [...STAFF_READ, "purchases.ask", "ledger.adjust", "catalog.manage", "prices.manage"],
  support: STAFF_READ,
};

export function permissionsOf(actor: Actor): readonly Permission[] {
  switch (actor.kind) {
    case "member":
      return MEMBER_MAY[actor.role];
    case "staff":
      return STAFF_MAY[actor.role];
    case "system":
      return [];
  }
}

/** The partner's member behind the request, if their role allows `permission`; throws `forbidden` otherwise. */
export function requireMember(ctx: Ctx, permission: Permission): Extract<Actor, { kind: "member" }> {
  const { actor } = ctx;
  if (actor.kind !== "member") throw new AppError("forbidden", "This belongs to partners. Sign in as a member of a partner.");
  if (!permissionsOf(actor).includes(permission)) {
    throw new AppError(
      "forbidden",
      `Your role (${actor.role}) may not do this. Ask an owner of your account to change your role.`,
    );
  }
  return actor;
}

/** Our own staff; to anyone else the page does not exist. */
export function requireStaffActor(ctx: Ctx, permission: Permission): Extract<Actor, { kind: "staff" }> {
  const { actor } = ctx;
  if (actor.kind !== "staff" || !permissionsOf(actor).includes(permission)) throw notFound("page");
  return actor;
}
