import { randomUUID } from "node:crypto";
import type { Ctx } from "@/lib/auth";
import { orderAcceptedSchema } from "@/lib/orders/schemas";
import { isFinal, type OrderState } from "@/lib/orders/states.shared";
import type { Await, Cut } from "@/local/testing/cut/cutting-proxy";
import { booksOff } from "./books";
import type { Counted } from "./cuts";
import type { Driven } from "./driven";
import type { Lane, Service } from "./lane";
import { recover } from "./recover";
import type { Scenario } from "./scenarios";
import type { Task } from "./tasks";

const FACE_MINOR = 1_000;

export interface Crashed extends Counted {
  /** Undefined when the process was through before it came to the cut. */
  cutAt: Await<Service> | undefined;
}

/**
 * Runs a scenario in a process that is killed at the cut, has another instance of the product recover with no more than its sweep, has
 * the partner ask again with the same key, and compares everything. Throws what does not agree.
 */
export async function crash(lane: Lane, ctx: Ctx, scenario: Scenario, cut?: Cut): Promise<Crashed> {
  const key = randomUUID();
  const input = { lines: scenario.lines.map((line) => ({ ...line, faceMinor: FACE_MINOR })) };
  await lane.refuse(scenario.refuses ?? null);
  const accept = () => lane.survivor.must<"accept">({ kind: "accept", ctx, input, key });
  await reopen(lane);
  const first = scenario.from === "nothing" ? undefined : (await accept()).body;
  if (scenario.from === "bought") await lane.survivor.must<"buy">({ kind: "buy" });

  const { victim, run } = lane.startVictim(cut);
  const spokeAfter: number[] = [];
  victim.onSpoken = () => spokeAfter.push(run.awaits.length);
  await runVictim(victim, taskOf(scenario, { ctx, input, key, body: first }), cut !== undefined);
  const told = victim.answered ?? first;

  const complaints = await recover(lane);
  const again = await accept();
  if (told !== undefined && (again.body !== told || !again.replayed))
    throw new Error(`The partner was told ${told}, and on asking again ${again.body}`);
  complaints.push(...(await recover(lane)));
  const onceMore = await accept();
  if (onceMore.body !== again.body || !onceMore.replayed)
    throw new Error(`Asking twice is answered by ${again.body} and ${onceMore.body}`);
  await expectOneEnd(lane, key, again.body, scenario);
  await expectBooks(lane);
  if (complaints.length > 0) throw new Error(complaints.join("\n"));
  return { awaits: run.awaits, spokeAfter, cutAt: run.cutAt };
}

/** Runs a scenario in the process that nobody kills. */
export async function rehearse(lane: Lane, ctx: Ctx, scenario: Scenario): Promise<void> {
  const input = { lines: scenario.lines.map((line) => ({ ...line, faceMinor: FACE_MINOR })) };
  const key = randomUUID();
  await lane.refuse(scenario.refuses ?? null);
  await reopen(lane);
  const { body } = await lane.survivor.must<"accept">({ kind: "accept", ctx, input, key });
  await lane.survivor.run(taskOf({ does: scenario.does === "cancel" ? "cancel" : "follow" }, { ctx, input, key, body }));
  await recover(lane);
}

/** What a refusal before this took off sale, as reading it again would put it back. */
async function reopen(lane: Lane): Promise<void> {
  await lane.database.query(
    "update products set stock = null, inactive_at = null, inactive_because = null where stock = 0 or inactive_at is not null",
  );
}

async function runVictim(victim: Driven, task: Task, mayDie: boolean): Promise<void> {
  const ended = await victim.run(task);
  await victim.end();
  if (ended.kind === "killed" && !mayDie) throw new Error("The process died although nobody killed it");
}

function taskOf(
  { does }: Pick<Scenario, "does">,
  given: { ctx: Ctx; input: Extract<Task, { kind: "order" }>["input"]; key: string; body: string | undefined },
): Task {
  const { ctx, input, key, body } = given;
  if (does === "order") return { kind: "order", ctx, input, key };
  if (does === "follow") return { kind: "follow" };
  if (body === undefined) throw new Error("There is nothing to cancel: let the scenario begin with an accepted order");
  return { kind: "cancel", ctx, orderId: orderAcceptedSchema.parse(JSON.parse(body)).id };
}

async function expectOneEnd(lane: Lane, key: string, body: string, { ends }: Scenario): Promise<void> {
  const { id } = orderAcceptedSchema.parse(JSON.parse(body));
  const { rows } = await lane.database.query<{ id: string; status: OrderState }>(
    `select o.id, o.status from orders o where o.id = $1
     union all select o.id, o.status from orders o where o.id <> $1 and o.id not in (select (body::jsonb->>'id')::uuid from idempotency_keys)`,
    [id],
  );
  const [mine, ...withoutKey] = rows;
  if (withoutKey.length > 0) throw new Error(`Orders that no key answers for: ${JSON.stringify(withoutKey)}`);
  if (mine?.id !== id) throw new Error(`The order ${id} of key ${key} is not there`);
  if (!isFinal(mine.status) || !ends.includes(mine.status))
    throw new Error(`The order ended ${mine.status}; it may end ${ends.join(" or ")}`);
}

async function expectBooks(lane: Lane): Promise<void> {
  const off = await booksOff(lane.database, lane.sandbox);
  if (off.length > 0) throw new Error(`The books do not agree:\n${off.join("\n")}`);
}
