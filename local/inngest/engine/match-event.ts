import { holds } from "../expressions/evaluate";
import { parseExpression } from "../expressions/parse";
import { type EventBody, noChanges } from "../store/rows";
import { cancelRun } from "./cancel-run";
import type { Engine } from "./engine";
import { resolveStep } from "./resolve-step";

interface Candidate {
  run_id: string;
  step_id: string;
  kind: "wait" | "cancel";
  expression: string | null;
  origin: EventBody;
}

const PAGE = 500;
const MAX_PAGES = 1000;

/** Finds the runs that wait for an event or are cancelled by it, and acts on each; safe to repeat. */
export async function matchEvent(engine: Engine, itemId: string, eventId: string): Promise<void> {
  const events = await engine.pool.query<{ body: EventBody; seq: number }>("select body, seq from inngest.events where id = $1", [
    eventId,
  ]);
  const [event] = events.rows;
  let after: Pick<Candidate, "run_id" | "step_id"> | undefined = event && { run_id: "", step_id: "" };
  for (let page = 0; event && after && page < MAX_PAGES; page += 1) {
    const rows: Candidate[] = await candidates(engine, event, after);
    const met = rows.filter(({ expression, origin }) => meets(expression, origin, event.body));
    await Promise.all(met.map((one) => act(engine, one, event.body)));
    after = rows.length < PAGE ? undefined : rows.at(-1);
  }
  await engine.write({ ...noChanges(), drops: [itemId] });
}

async function candidates(
  engine: Engine,
  event: { body: EventBody; seq: number },
  after: Pick<Candidate, "run_id" | "step_id">,
): Promise<Candidate[]> {
  const { rows } = await engine.pool.query<Candidate>(
    `select p.run_id, p.step_id, p.kind, p.expression, o.body as origin
     from inngest.pauses p join inngest.runs r on r.id = p.run_id join inngest.events o on o.id = r.event_id
     where p.event_name = $1 and p.after_seq < $2 and (p.expires_ms is null or p.expires_ms > $3) and (p.run_id, p.step_id) > ($4, $5)
     order by p.run_id, p.step_id limit ${PAGE}`,
    [event.body.name, event.seq, engine.moment().nowMs, after.run_id, after.step_id],
  );
  return rows;
}

function meets(expression: string | null, origin: EventBody, incoming: EventBody): boolean {
  return expression === null || holds(parseExpression(expression, ["event", "async"]), { event: origin, async: incoming });
}

async function act(engine: Engine, candidate: Candidate, event: EventBody): Promise<void> {
  if (candidate.kind === "cancel") await cancelRun(engine, candidate.run_id, `event ${event.name} ${event.id}`);
  else await resolveStep(engine, candidate.run_id, candidate.step_id, { data: event });
}
