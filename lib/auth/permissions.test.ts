import { describe, expect, it } from "vitest";
import { MEMBER_ROLES, PERMISSIONS, STAFF_ROLES } from "@/lib/partners/schemas";
import type { Actor, Ctx } from "./actor";
import { permissionsOf, requireMember, requireStaffActor } from "./permissions";

const READ = ["catalog.read", "orders.read", "wallet.read"];
const ORDER = ["orders.place", "orders.cancel"];
const STAFF_READ = ["metrics.read", "purchases.read", "ledger.read"];
const MAY = {
  owner: [...READ, ...ORDER, "cards.reveal"],
  buyer: [...READ, ...ORDER, "cards.reveal"],
  developer: [...READ, ...ORDER],
  finance: READ,
  viewer: READ,
  admin: [...STAFF_READ, "purchases.ask", "ledger.adjust", "catalog.manage", "prices.manage"],
  support: STAFF_READ,
};

const members = MEMBER_ROLES.map(
  (role): Extract<Actor, { kind: "member" }> => ({ kind: "member", userId: "u", partnerId: "p", role }),
);
const staff = STAFF_ROLES.map((role): Extract<Actor, { kind: "staff" }> => ({ kind: "staff", userId: "u", role }));
const system: Actor = { kind: "system", job: "sweep" };
const ctx = (actor: Actor): Ctx => ({ actor, requestId: "r", from: { ipAddress: null, userAgent: null } });

describe.each(members)("a member who is $role", (actor) => {
  const may = MAY[actor.role];

  it.each(PERMISSIONS)("%s", (permission) => {
    expect(permissionsOf(actor).includes(permission)).toBe(may.includes(permission));
    if (may.includes(permission)) expect(requireMember(ctx(actor), permission)).toBe(actor);
    else
      expect(() => requireMember(ctx(actor), permission)).toThrow(
        expect.objectContaining({ code: "forbidden", message: expect.stringContaining(`(${actor.role})`) }),
      );
  });

  it("is told that the staff's pages do not exist", () => {
    for (const permission of PERMISSIONS)
      expect(() => requireStaffActor(ctx(actor), permission)).toThrow(expect.objectContaining({ code: "not_found" }));
  });
});

describe.each(staff)("staff who are $role", (actor) => {
  it.each(PERMISSIONS)("%s", (permission) => {
    if (MAY[actor.role].includes(permission)) expect(requireStaffActor(ctx(actor), permission)).toBe(actor);
    else expect(() => requireStaffActor(ctx(actor), permission)).toThrow(expect.objectContaining({ code: "not_found" }));
    expect(() => requireMember(ctx(actor), permission)).toThrow(expect.objectContaining({ code: "forbidden" }));
  });
});

it("a job holds no permission of a person", () => {
  expect(permissionsOf(system)).toEqual([]);
  for (const permission of PERMISSIONS) {
    expect(() => requireMember(ctx(system), permission)).toThrow(expect.objectContaining({ code: "forbidden" }));
    expect(() => requireStaffActor(ctx(system), permission)).toThrow(expect.objectContaining({ code: "not_found" }));
  }
});
