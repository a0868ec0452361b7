import { sendEvents } from "@/inngest/client";
import { asError, log } from "@/lib/log";
import type { SentEvent } from "@/lib/outbox";

/** Once Bamboo has its answer. What it said is stored, so a queue that is down only means that the sweep finds it. */
export async function wake(event: SentEvent): Promise<void> {
  try {
    await sendEvents([event]);
  } catch (thrown) {
    log.warn("The event of a callback could not be sent; the sweep finds what it was about", { err: asError(thrown) });
  }
}
