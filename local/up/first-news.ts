import { z } from "zod";
import type { Variables } from "./environment";

const sent = z.object({ ids: z.array(z.string()) });
const runs = z.object({ data: z.array(z.object({ status: z.string(), ended_at: z.string().nullish() })) });

const POLL_MS = 500;
const MAX_POLLS = 120;

/** Tells the sandbox where callbacks go, as a client does once in the supplier's settings. */
export async function setNotification(appEnv: Variables): Promise<void> {
  const url = `${appEnv.APP_URL}/api/bamboo/notification`;
  const basic = Buffer.from(`${appEnv.BAMBOO_CLIENT_ID}:${appEnv.BAMBOO_CLIENT_SECRET}`).toString("base64");
  const response = await fetch(`${appEnv.BAMBOO_BASE_URL}/api/Integration/v1/notification`, {
    method: "POST",
    headers: { authorization: `Basic ${basic}`, "content-type": "application/json" },
    body: JSON.stringify({ notificationUrl: url, notificationUrlSandbox: url, secretKey: appEnv.BAMBOO_NOTIFICATION_SECRET }),
  });
  if (!response.ok)
    throw new Error(`The sandbox did not take the address for callbacks (${response.status}). See its log in the data folder.`);
}

/** Asks for a catalogue and rates where they are old, and waits until they are read. The portal decides whether a read is due. */
export async function readFirstCatalogue(appEnv: Variables, signal: AbortSignal): Promise<void> {
  const response = await fetch(`${appEnv.INNGEST_BASE_URL}/e/${appEnv.INNGEST_EVENT_KEY}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify([
      { name: "catalog/refresh.requested", data: { trigger: "start" } },
      { name: "catalog/rates.requested", data: {} },
    ]),
    signal,
  });
  const { ids } = sent.parse(await response.json());
  for (let poll = 0; poll < MAX_POLLS; poll++) {
    const ended = await Promise.all(ids.map((id) => hasEnded(appEnv, id, signal)));
    if (ended.every(Boolean)) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error("The catalogue was not read within a minute. The queue's status page and the logs in the data folder say why.");
}

async function hasEnded(appEnv: Variables, eventId: string, signal: AbortSignal): Promise<boolean> {
  const response = await fetch(`${appEnv.INNGEST_BASE_URL}/v1/events/${eventId}/runs`, {
    headers: { authorization: `Bearer ${appEnv.INNGEST_SIGNING_KEY}` },
    signal,
  });
  const { data } = runs.parse(await response.json());
  return data.length > 0 && data.every(({ status }) => status !== "Running" && status !== "Queued");
}
