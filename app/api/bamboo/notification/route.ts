import { after } from "next/server";
import { sendEvents } from "@/inngest/client";
import { bambooNotified } from "@/inngest/events";
import { hintDispatch } from "@/lib/dispatch";
import { bambooNotification } from "@/lib/http/bamboo-notification";
import { newId } from "@/lib/ids";
import { asError, log } from "@/lib/log";

export const dynamic = "force-dynamic";

/**
 * POST /api/bamboo/notification: Bamboo says that a purchase is over. A hint: it is written down, then it wakes the function that asks
 * Bamboo. The answer is the same whether the purchase is known, open or over.
 */
export const POST = (request: Request) =>
  bambooNotification(request, async (dispatchId) => {
    if (await hintDispatch(dispatchId)) after(() => wake(dispatchId));
  });

/** Once the callback is answered: the hint is stored, so a queue that is down only means that the sweep finds it. */
async function wake(dispatchId: string): Promise<void> {
  try {
    await sendEvents([{ id: `bamboo-notified:${newId()}`, name: bambooNotified.name, data: { dispatchId } }]);
  } catch (thrown) {
    log.warn("A callback's event could not be sent; the sweep finds its hint", { dispatchId, err: asError(thrown) });
  }
}
