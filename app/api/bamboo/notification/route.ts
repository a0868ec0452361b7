import { inngest } from "@/inngest/client";
import { bambooNotified } from "@/inngest/events";
import { bambooNotification } from "@/lib/http/bamboo-notification";

export const dynamic = "force-dynamic";

/** POST /api/bamboo/notification: Bamboo says that a purchase is over. A hint: it wakes the function that asks Bamboo. */
export const POST = (request: Request) =>
  bambooNotification(request, (dispatchId) => inngest().send(bambooNotified.create({ dispatchId })));
