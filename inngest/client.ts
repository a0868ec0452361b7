import { Inngest } from "inngest";
import { env } from "@/lib/env";
import { libraryLogger } from "@/lib/log";
import type { SentEvent } from "@/lib/outbox";
import { ScrubErrors } from "./scrub-errors";

function create() {
  const { INNGEST_EVENT_KEY, INNGEST_SIGNING_KEY, INNGEST_BASE_URL } = env();
  return new Inngest({
    id: "steller",
    eventKey: INNGEST_EVENT_KEY,
    signingKey: INNGEST_SIGNING_KEY,
    ...(INNGEST_BASE_URL === undefined ? {} : { baseUrl: INNGEST_BASE_URL }),
    isDev: false,
    // The SDK's own prints what a failed query was given.
    logger: libraryLogger("inngest"),
    middleware: [ScrubErrors],
  });
}

let instance: ReturnType<typeof create> | undefined;

/** The queue. Made on first use, since a build has no environment. */
export function inngest(): ReturnType<typeof create> {
  instance ??= create();
  return instance;
}

/** A queue that takes a request and does not answer must not hold a database connection. */
const SEND_TIMEOUT_MS = 4_000;

/** What `relayOutbox` sends with. Throws when the queue has not answered in time: the events stay unsent and go again. */
export async function sendEvents(events: SentEvent[]): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Inngest did not take events within ${SEND_TIMEOUT_MS} ms`)), SEND_TIMEOUT_MS);
  });
  await Promise.race([inngest().send(events), late]).finally(() => clearTimeout(timer));
}
