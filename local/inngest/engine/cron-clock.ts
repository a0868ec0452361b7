import { nextTickMs } from "../cron/next-tick";
import { parseCron } from "../cron/parse-cron";
import { type Changes, type Emission, noChanges } from "../store/rows";
import type { Engine } from "./engine";

/** A tick missed by more than this, because the server was down, is left out. */
const MAX_LATENESS_MS = 60_000;
const MAX_SLEEP_MS = 30_000;
const FAILURE_PAUSE_MS = 1000;

interface Schedule {
  functionId: string;
  schedule: string;
  nextMs: number;
}

/** Starts the functions with cron triggers. The next tick of each is in the database, so that none fires twice. */
export class CronClock {
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly engine: Engine) {}

  /** Fires what is due and sleeps until the next; called at the start and after each registration. */
  look(): void {
    clearTimeout(this.timer);
    this.running = this.running.then(() => this.lookOnce());
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async lookOnce(): Promise<void> {
    if (this.stopped) return;
    let sleepMs = FAILURE_PAUSE_MS;
    try {
      const nextMs = await fireDue(this.engine);
      sleepMs = Math.min(Math.max(nextMs - Date.now(), 0), MAX_SLEEP_MS);
    } catch (error) {
      this.engine.log(`the cron clock failed, trying again: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (this.stopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), sleepMs);
  }
}

/** Fires each schedule that is due, once, and gives the soonest next tick. */
async function fireDue(engine: Engine): Promise<number> {
  const stored = await engine.pool.query<{ function_id: string; schedule: string; next_ms: number }>(
    "select function_id, schedule, next_ms from inngest.crons",
  );
  const known = new Map(stored.rows.map((row) => [`${row.function_id} ${row.schedule}`, row.next_ms]));
  const nowMs = Date.now();
  const changes = noChanges();
  let soonestMs = Number.POSITIVE_INFINITY;
  for (const fn of engine.registry.active()) {
    for (const schedule of fn.crons) {
      const due = { functionId: fn.id, schedule, nextMs: known.get(`${fn.id} ${schedule}`) ?? Number.POSITIVE_INFINITY };
      soonestMs = Math.min(soonestMs, advance(engine, changes, due, nowMs));
    }
  }
  if (changes.ticks.length > 0) await engine.write(changes);
  return soonestMs;
}

function advance(engine: Engine, changes: Changes, due: Schedule, nowMs: number): number {
  const isNew = due.nextMs === Number.POSITIVE_INFINITY;
  if (!isNew && due.nextMs > nowMs) return due.nextMs;
  const cron = parseCron(due.schedule);
  const nextMs = nextTickMs(cron, nowMs) ?? Number.MAX_SAFE_INTEGER;
  changes.ticks.push({ ...due, nextMs });
  if (isNew) return nextMs;
  const missedMs = lastTickMs(cron, due.nextMs, nowMs);
  if (nowMs - missedMs < MAX_LATENESS_MS) changes.emissions.push(tick(engine, due, missedMs, nowMs));
  return nextMs;
}

/** The latest tick that is not in the future: after a pause only that one counts. */
function lastTickMs(cron: ReturnType<typeof parseCron>, firstMs: number, nowMs: number): number {
  if (nowMs - firstMs < MAX_LATENESS_MS) return firstMs;
  const recentMs = nextTickMs(cron, nowMs - MAX_LATENESS_MS) ?? firstMs;
  return recentMs <= nowMs ? recentMs : firstMs;
}

function tick(engine: Engine, { functionId, schedule }: Schedule, scheduledMs: number, nowMs: number): Emission {
  const moment = engine.moment();
  const scheduledAt = new Date(scheduledMs).toISOString();
  return {
    id: moment.newId(),
    seq: moment.newSeq(),
    body: {
      name: "inngest/scheduled.timer",
      data: { cron: schedule, fireAt: scheduledAt, scheduledAt },
      id: scheduledAt,
      ts: nowMs,
      user: {},
    },
    to: { functionId },
  };
}
