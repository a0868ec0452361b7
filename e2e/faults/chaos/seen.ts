import { randomUUID } from "node:crypto";
import { listAlerts } from "@/lib/alerts";
import { alertsQuery } from "@/lib/alerts/schemas";
import type { Ctx } from "@/lib/auth";
import { listStuck } from "@/lib/dispatch";
import { type StuckItem, stuckQuery } from "@/lib/dispatch/stuck.schemas";
import { readSupplier } from "@/lib/supplier";
import type { SupplierEndpoint, SupplierEndpointView, SupplierLimits, SupplierView } from "@/lib/supplier/schemas";

/** What our own people see at this moment, by the verbs behind the pages of the admin area. */

const STAFF: Ctx = {
  actor: { kind: "staff", userId: randomUUID(), role: "admin" },
  requestId: randomUUID(),
  from: { ipAddress: "127.0.0.1", userAgent: "test" },
};
const MOST = 100;

export const supplierPage = (): Promise<SupplierView> => readSupplier(STAFF);

/** An endpoint on the Supplier page, whose limits must be there to be read. */
export async function endpointNow(name: SupplierEndpoint): Promise<SupplierEndpointView & { limits: SupplierLimits }> {
  const { endpoints } = await supplierPage();
  const found = endpoints.find(({ endpoint }) => endpoint === name);
  if (!found?.limits) throw new Error(`The Supplier page does not show the limits of ${name}`);
  return { ...found, limits: found.limits };
}

/** The alerts that last, as `kind about`. */
export async function openAlerts(): Promise<string[]> {
  const { items } = await listAlerts(STAFF, alertsQuery.parse({ limit: MOST }));
  return items
    .filter(({ resolvedAt }) => resolvedAt === null)
    .map(({ kind, subject, severity }) => `${severity} ${kind} ${subject}`);
}

export async function stuckNow(): Promise<StuckItem[]> {
  return (await listStuck(STAFF, stuckQuery.parse({ limit: MOST }))).items;
}
