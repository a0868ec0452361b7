import { Inngest } from "inngest";
import { env } from "@/lib/env";
import type { SentEvent } from "@/lib/outbox";

function create() {
  const { INNGEST_EVENT_KEY, INNGEST_SIGNING_KEY, INNGEST_BASE_URL } = env();
  return new Inngest({
    id: "steller",
    eventKey: INNGEST_EVENT_KEY,
    signingKey: INNGEST_SIGNING_KEY,
    ...(INNGEST_BASE_URL === undefined ? {} : { baseUrl: INNGEST_BASE_URL }),
    isDev: false,
  });
}

let instance: ReturnType<typeof create> | undefined;

/** The queue. Made on first use, since a build has no environment. */
export function inngest(): ReturnType<typeof create> {
  instance ??= create();
  return instance;
}

/** What `relayOutbox` sends with. */
export async function sendEvents(events: SentEvent[]): Promise<void> {
  await inngest().send(events);
}
