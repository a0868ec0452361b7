import { and, eq, or, sql } from "drizzle-orm";
import { db, type Transaction } from "@/drizzle/client";
import { auditLog, partnerAllowances, partners } from "@/drizzle/schema";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { AppError, notFound } from "@/lib/errors";
import { isUuid, newId } from "@/lib/ids";
import { nameScopes } from "./name-scopes";
import { loadAllowances } from "./read-allowances";
import type { Allowances, AllowancesInput } from "./schemas";

type Item = AllowancesInput["items"][number];

/**
 * Says anew what a partner may see and order, as a whole. Orders that were accepted go on. Throws `not_found`, and `invalid_input` where a
 * new entry names nothing in the catalogue; what went from the catalogue since it was entered may stay.
 */
export async function setAllowances(ctx: Ctx, partnerId: string, input: AllowancesInput): Promise<Allowances> {
  const { userId } = requireStaffActor(ctx, "prices.manage");
  if (!isUuid(partnerId)) throw notFound("partner");
  return db().transaction(async (tx) => {
    // Of two admins who save at once the second sees what the first wrote.
    await tx.execute(sql`select from partners where id = ${partnerId} for no key update`);
    const before = await loadAllowances(tx, partnerId);
    const [had, wanted] = [byKey(before.items), byKey(input.items)];
    const added = [...wanted].flatMap(([key, item]) => (had.has(key) ? [] : [item]));
    const removed = [...had].flatMap(([key, { scope, scopeId }]) => (wanted.has(key) ? [] : [{ scope, scopeId }]));
    await requireKnown(tx, added, input.items);
    if (added.length === 0 && removed.length === 0 && before.listedOnly === input.listedOnly) return before;
    await remove(tx, partnerId, removed);
    if (added.length > 0) await tx.insert(partnerAllowances).values(added.map((item) => ({ id: newId(), partnerId, ...item })));
    if (before.listedOnly !== input.listedOnly)
      await tx.update(partners).set({ listedOnly: input.listedOnly }).where(eq(partners.id, partnerId));
    await tx.insert(auditLog).values({
      id: newId(),
      actor: `user:${userId}`,
      partnerId,
      action: "partner.allowances_set",
      subject: `partner:${partnerId}`,
      detail: { listedOnly: input.listedOnly, wasListedOnly: before.listedOnly, added, removed, requestId: ctx.requestId },
    });
    return loadAllowances(tx, partnerId);
  });
}

const keyOf = ({ scope, scopeId }: Item) => `${scope}:${scopeId}`;
const byKey = <T extends Item>(items: readonly T[]) => new Map(items.map((item) => [keyOf(item), item]));

async function requireKnown(tx: Transaction, added: readonly Item[], given: readonly Item[]): Promise<void> {
  const nameOf = await nameScopes(tx, added);
  const unknown = added.filter((item) => nameOf(item) === null);
  if (unknown.length === 0) return;
  throw new AppError("invalid_input", "Some entries name nothing in the catalogue. Choose them from the list.", {
    fields: unknown.map((item) => ({
      path: `items.${given.findIndex((other) => keyOf(other) === keyOf(item))}.scopeId`,
      message: `There is no ${item.scope} ${item.scopeId}.`,
    })),
  });
}

async function remove(tx: Transaction, partnerId: string, items: readonly Item[]): Promise<void> {
  if (items.length === 0) return;
  const { scope, scopeId } = partnerAllowances;
  await tx
    .delete(partnerAllowances)
    .where(
      and(
        eq(partnerAllowances.partnerId, partnerId),
        or(...items.map((item) => and(eq(scope, item.scope), eq(scopeId, item.scopeId)))),
      ),
    );
}
