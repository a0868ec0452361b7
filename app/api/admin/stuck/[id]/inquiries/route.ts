import { sendEvents } from "@/inngest/client";
import { askAgain } from "@/lib/dispatch";
import { inquirySchema } from "@/lib/dispatch/stuck.schemas";
import { answer, route } from "@/lib/http/route";
import { relayOutbox } from "@/lib/outbox";

/** POST /api/admin/stuck/{id}/inquiries: has the supplier asked about a purchase now. A double press asks once. */
export const POST = route({ limit: "order", afterwards: () => relayOutbox(sendEvents) }, async ({ ctx, params }) =>
  answer(inquirySchema, await askAgain(ctx, params.id ?? ""), { status: 202 }),
);
