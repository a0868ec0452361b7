import type { Engine } from "../engine/engine";
import type { Emission } from "../store/rows";
import { parseJson } from "../wire/json";
import { sameText } from "../wire/signature";
import type { Reply } from "./http";
import { parseEvents } from "./parse-events";

/** `POST /e/:key`. Answers when the events, and the runs they start, are durable. The content type is production's. */
export async function postEvents(
  engine: Engine,
  eventKey: string,
  givenKey: string,
  body: string,
  seed: string | undefined,
): Promise<Reply> {
  if (!sameText(eventKey, givenKey)) return reply(401, { status: 401, message: "", error: "Event key not found" });
  const parsed = parseJson(body);
  const { events, error } = parseEvents(parsed, seed, Date.now());
  const emissions = events.map((event): Emission => ({ ...event, seq: engine.moment().newSeq() }));
  try {
    if (emissions.length > 0) await engine.emit(emissions);
  } catch (failure) {
    engine.log(`events were not stored: ${failure instanceof Error ? failure.message : String(failure)}`);
    return reply(500, { ids: [], status: 500, error: "the events could not be stored; send them again" });
  }
  const ids = events.map(({ id }) => id);
  if (error !== undefined) return reply(400, { ids, status: 400, error });
  return reply(200, { ids: ids.length === 0 ? [""] : ids, status: 200 });
}

function reply(status: number, value: unknown): Reply {
  return { status, contentType: "text/plain; charset=utf-8", body: JSON.stringify(value) };
}
