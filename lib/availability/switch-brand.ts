import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { db, type Transaction } from "@/drizzle/client";
import { auditLog, brands } from "@/drizzle/schema";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { notFound } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { MAX_RETURNED, returnWaitingLines } from "@/lib/orders";
import { readStaffBrand } from "./brand-rows";
import { BRAND_OFF, MAX_BATCHES } from "./return-unavailable";
import type { BrandSwitchInput, StaffBrand } from "./schemas";

/**
 * Takes a brand off sale, or puts it back. Off gives back what waits of it, each line by itself; what is in a purchase already is
 * delivered. A repetition keeps the first reason and changes nothing more. Throws `not_found`.
 */
export async function switchBrand(
  ctx: Ctx,
  brandId: string,
  input: BrandSwitchInput,
): Promise<{ brand: StaffBrand; returnedLines: number }> {
  const { userId } = requireStaffActor(ctx, "catalog.manage");
  let returnedLines = await db().transaction(async (tx) => {
    const name = input.on ? await switchOn(tx, brandId) : await switchOff(tx, brandId, userId, input.because);
    if (name !== null)
      await tx.insert(auditLog).values({
        id: newId(),
        actor: `user:${userId}`,
        action: input.on ? "brand.switched_on" : "brand.switched_off",
        subject: `brand:${brandId}`,
        detail: { name, ...(input.on ? {} : { because: input.because }), requestId: ctx.requestId },
      });
    return input.on ? 0 : returnWaitingLines(tx, { brandId }, BRAND_OFF);
  });
  // A long queue goes in several transactions; what is beyond is the sweep's.
  for (let batch = 1; returnedLines === batch * MAX_RETURNED && batch < MAX_BATCHES; batch++)
    returnedLines += await db().transaction((tx) => returnWaitingLines(tx, { brandId }, BRAND_OFF));
  return { brand: await readStaffBrand(brandId), returnedLines };
}

/** The brand's name; null where it was off already. */
async function switchOff(tx: Transaction, brandId: string, userId: string, because: string): Promise<string | null> {
  const [done] = await tx
    .update(brands)
    .set({ switchedOffAt: sql`now()`, switchedOffBy: userId, switchedOffBecause: because })
    .where(and(eq(brands.id, brandId), isNull(brands.switchedOffAt)))
    .returning({ name: brands.name });
  return done?.name ?? asItWas(tx, brandId);
}

async function switchOn(tx: Transaction, brandId: string): Promise<string | null> {
  const [done] = await tx
    .update(brands)
    .set({ switchedOffAt: null, switchedOffBy: null, switchedOffBecause: null })
    .where(and(eq(brands.id, brandId), isNotNull(brands.switchedOffAt)))
    .returning({ name: brands.name });
  return done?.name ?? asItWas(tx, brandId);
}

async function asItWas(tx: Transaction, brandId: string): Promise<null> {
  const [found] = await tx.select({ id: brands.id }).from(brands).where(eq(brands.id, brandId));
  if (!found) throw notFound("brand");
  return null;
}
