import { after } from "next/server";
import { bambooNotified, refreshRequested } from "@/inngest/events";
import { hintDispatch } from "@/lib/dispatch";
import { bambooWebhook } from "@/lib/http/bamboo-webhook";
import { wake } from "../wake";

export const dynamic = "force-dynamic";

/** Products change by the hundred, and one refresh reads them all: of the wishes within this time one is enough. */
const REFRESH_WISH_MS = 5 * 60_000;

/**
 * POST /api/bamboo/webhook: what Svix delivers for Bamboo. Hints, as the callback is: an order that is over is asked about, changed products
 * are a wish for a refresh, which has its own limit. A message that comes again has the event id that it had, so it starts nothing anew.
 */
export const POST = (request: Request) =>
  bambooWebhook(request, async (event, messageId) => {
    if (event.kind === "order_completed" && (await hintDispatch(event.requestId)))
      after(() => wake({ id: `bamboo-webhook:${messageId}`, name: bambooNotified.name, data: { dispatchId: event.requestId } }));
    if (event.kind === "products_updated") {
      const id = `catalog-webhook:${Math.floor(Date.now() / REFRESH_WISH_MS)}`;
      after(() => wake({ id, name: refreshRequested.name, data: { trigger: "webhook" } }));
    }
  });
