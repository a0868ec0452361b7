import { Inngest } from "inngest";
import { someoneDrains } from "@/lib/dispatch";
import { env } from "@/lib/env";
import { asError, libraryLogger, log } from "@/lib/log";
import type { SentEvent } from "@/lib/outbox";
import { ordersQueued } from "./events";
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

/**
 * What `relayOutbox` sends with. That there is work need not be said while somebody is at it. Throws when the queue has not answered in
 * time: the events stay unsent and go again.
 */
export async function sendEvents(committed: SentEvent[]): Promise<void> {
  const events = await withoutNeedless(committed);
  if (events.length === 0) return;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Inngest did not take events within ${SEND_TIMEOUT_MS} ms`)), SEND_TIMEOUT_MS);
  });
  await Promise.race([inngest().send(events), late]).finally(() => clearTimeout(timer));
}

/** Of "there is work" at most one, and none while a drainer is going to look: its word was asked for after the orders were committed. */
async function withoutNeedless(events: SentEvent[]): Promise<SentEvent[]> {
  const first = events.findIndex(({ name }) => name === ordersQueued.name);
  if (first < 0) return events;
  const drained = await someoneDrains().catch((thrown: unknown) => {
    log.warn("The cache does not say whether somebody drains the queue, so it is told of the work", { err: asError(thrown) });
    return false;
  });
  return events.filter(({ name }, index) => name !== ordersQueued.name || (index === first && !drained));
}
