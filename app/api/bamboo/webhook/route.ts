import { after } from "next/server";
import { bambooNotified, refreshRequested, rereadRequested } from "@/inngest/events";
import { hintDispatch } from "@/lib/dispatch";
import { bambooWebhook } from "@/lib/http/bamboo-webhook";
import { noteChangedProducts } from "@/lib/refresh";
import { wake } from "../wake";

export const dynamic = "force-dynamic";

/** One refresh reads all that changed: of the wishes within this time one is enough. */
const REFRESH_WISH_MS = 5 * 60_000;

/**
 * POST /api/bamboo/webhook: what Svix delivers for Bamboo. Hints, as the callback is: an order that is over is asked about, and the products
 * that changed are written down to be read again; without their ids it is a wish for a refresh, which has its own limit. A message that comes
 * again has the event id that it had, so it starts nothing anew.
 */
export const POST = (request: Request) =>
  bambooWebhook(request, async (event, messageId) => {
    if (event.kind === "order_completed" && (await hintDispatch(event.requestId)))
      after(() => wake({ id: `bamboo-webhook:${messageId}`, name: bambooNotified.name, data: { dispatchId: event.requestId } }));
    if (event.kind !== "products_updated") return;
    if ((await noteChangedProducts(event.productIds)) > 0)
      after(() => wake({ id: `catalog-webhook:${messageId}`, name: rereadRequested.name, data: {} }));
    else {
      const id = `catalog-webhook:${Math.floor(Date.now() / REFRESH_WISH_MS)}`;
      after(() => wake({ id, name: refreshRequested.name, data: { trigger: "webhook" } }));
    }
  });
