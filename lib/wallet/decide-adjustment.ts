import { and, eq, ne, sql } from "drizzle-orm";
import type { Transaction } from "@/drizzle/client";
import { adjustments } from "@/drizzle/schema";
import { AppError } from "@/lib/errors";
import { isUuid } from "@/lib/ids";
import { violated } from "@/lib/postgres-errors";
import { readAdjustment } from "./adjustment-rows";

/**
 * Ends a pending adjustment; of two who decide at once the first wins. Throws `not_found`, `conflict` when it has been decided, and
 * `forbidden` when somebody would approve what they asked for themselves.
 */
export async function decideAdjustment(
  tx: Transaction,
  { id, userId, status }: { id: string; userId: string; status: "posted" | "declined" },
): Promise<typeof adjustments.$inferSelect> {
  const mayDecide = status === "posted" ? ne(adjustments.requestedBy, userId) : undefined;
  const [decided] = isUuid(id)
    ? await tx
        .update(adjustments)
        .set({ status, decidedBy: userId, decidedAt: sql`now()` })
        .where(and(eq(adjustments.id, id), eq(adjustments.status, "pending"), mayDecide))
        .returning()
        .catch(refuseFormerAdmins)
    : [];
  if (decided) return decided;
  const found = await readAdjustment(tx, id);
  if (found.status === "pending")
    throw new AppError("forbidden", "You asked for this adjustment yourself; another admin has to approve it.");
  const by = found.decidedBy ? ` by ${found.decidedBy.name}` : "";
  throw new AppError("conflict", `This adjustment was ${found.status}${by} already. Look at it again.`, {
    data: { status: found.status },
  });
}

function refuseFormerAdmins(cause: unknown): never {
  if (!violated(cause, "adjustments_admins")) throw cause;
  throw new AppError("conflict", "Whoever asked for this adjustment is no admin any more. Decline it, and ask for it anew.", {
    cause,
  });
}
