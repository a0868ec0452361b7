import { sendEvents } from "@/inngest/client";
import { refreshRequested } from "@/inngest/events";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/http/parse";
import { readJson } from "@/lib/http/read-body";
import { answer, route } from "@/lib/http/route";
import type { SentEvent } from "@/lib/outbox";
import { askRefresh, readRefreshes } from "@/lib/refresh";
import { refreshAskedSchema, refreshesSchema, refreshWishSchema } from "@/lib/refresh/schemas";

/** However many ask within this time, one function looks. */
const ONE_WISH_MS = 60_000;

/** GET /api/admin/catalog/refreshes: the latest reads of the whole catalogue, and when the next is allowed, for staff. */
export const GET = route({ limit: "read" }, async ({ ctx }) => answer(refreshesSchema, await readRefreshes(ctx)));

/** POST /api/admin/catalog/refreshes: reads the catalogue now; `{ acceptShrink: true }` also where most of it is gone. 409 with `data.nextAllowedAt` while that is not allowed. */
export const POST = route({ limit: "order" }, async ({ ctx, request }) => {
  const wish = parseInput(refreshWishSchema, await readJson(request));
  const asked = await askRefresh(ctx, wish);
  const data: SentEvent["data"] = { trigger: "admin" };
  if (wish.acceptShrink) data.acceptShrink = "yes";
  const id = `catalog-admin:${wish.acceptShrink}:${Math.floor(Date.now() / ONE_WISH_MS)}`;
  await sendEvents([{ id, name: refreshRequested.name, data }]).catch((cause: unknown) => {
    throw new AppError("unavailable", "The queue did not take the wish. Try again in a minute.", {
      retryAfterSeconds: 60,
      cause,
    });
  });
  return answer(refreshAskedSchema, asked, { status: 202 });
});
