import { after } from "next/server";
import { bambooNotified } from "@/inngest/events";
import { hintDispatch } from "@/lib/dispatch";
import { bambooNotification } from "@/lib/http/bamboo-notification";
import { newId } from "@/lib/ids";
import { wake } from "../wake";

export const dynamic = "force-dynamic";

/**
 * POST /api/bamboo/notification: Bamboo says that a purchase is over. A hint: it is written down, then it wakes the function that asks
 * Bamboo. The answer is the same whether the purchase is known, open or over.
 */
export const POST = (request: Request) =>
  bambooNotification(request, async (dispatchId) => {
    if (await hintDispatch(dispatchId))
      after(() => wake({ id: `bamboo-notified:${newId()}`, name: bambooNotified.name, data: { dispatchId } }));
  });
