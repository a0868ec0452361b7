import { db } from "@/drizzle/client";
import { auditLog } from "@/drizzle/schema";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { readStanding } from "./read-refreshes";

/**
 * Notes that an admin wants the catalogue read now; the caller sends the event. Refused with `conflict` while one runs or the hour's reads
 * are used up. It promises nothing: of many who ask at once one begins, as the gate in `beginRefresh` says. `acceptShrink` is the admin's word
 * that the supplier has truly taken away most of its products: it stands in the audit.
 */
export async function askRefresh(ctx: Ctx, { acceptShrink = false } = {}): Promise<{ asked: true }> {
  const { userId } = requireStaffActor(ctx, "catalog.manage");
  const { running, nextAllowedAt } = await readStanding();
  if (running)
    throw new AppError("conflict", "The catalogue is being read right now. Its progress is on this page.", {
      data: { nextAllowedAt },
    });
  if (nextAllowedAt !== null)
    throw new AppError(
      "conflict",
      "The supplier allows two reads of the catalogue an hour, and both are used. Try again later.",
      {
        data: { nextAllowedAt },
      },
    );
  await db()
    .insert(auditLog)
    .values({
      id: newId(),
      actor: `user:${userId}`,
      action: "catalog.refresh_asked",
      subject: "catalog",
      detail: { requestId: ctx.requestId, ...(acceptShrink ? { acceptShrink } : {}) },
    });
  return { asked: true };
}
