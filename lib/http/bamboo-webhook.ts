import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { type BambooEvent, bambooEvent, verifySvix } from "@/lib/webhooks";
import { assertLimit } from "./limits";
import { problemResponse } from "./problem";
import { readBytes } from "./read-body";
import { requestIdOf } from "./request-id";
import { ipOf } from "./route";

/** Checks Svix' signature over the body as it came and passes the event on. One of a type we do not know is answered and left. */
export async function bambooWebhook(
  request: Request,
  take: (event: BambooEvent, messageId: string) => Promise<unknown>,
): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  try {
    await assertLimit("callback", ipOf(request.headers) ?? "unknown");
    const secret = env().BAMBOO_WEBHOOK_SECRET;
    if (!secret)
      throw new AppError(
        "unavailable",
        "This webhook is not set up here: BAMBOO_WEBHOOK_SECRET, the endpoint's signing secret, is not set.",
      );
    const body = await readBytes(request);
    const verified = verifySvix({ headers: request.headers, body, secret, nowMs: Date.now() });
    if (!verified.ok) throw new AppError("unauthenticated", verified.why);
    const event = bambooEvent(body);
    if (event.kind === "other") log.info("A webhook of the supplier was left", { requestId, reason: event.type });
    await take(event, verified.messageId);
    return new Response(null, { status: 204 });
  } catch (thrown) {
    return problemResponse(thrown, requestId);
  }
}
