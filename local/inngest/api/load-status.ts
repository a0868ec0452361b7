import type { Pool } from "pg";

const MAX_RUNS = 50;
const MAX_STEPS = 500;

export interface StatusRun {
  id: string;
  slug: string;
  status: string;
  created_ms: number;
  ended_ms: number | null;
  error: string;
  steps: { name: string; state: string }[];
}

export interface Status {
  due: number;
  later: number;
  waiting: number;
  apps: { name: string; url: string; synced_ms: number }[];
  runs: StatusRun[];
}

type RunRow = Omit<StatusRun, "steps">;
type StepRow = { run_id: string; name: string; state: string; message: string | null };

/** What the status page shows. */
export async function loadStatus(pool: Pool): Promise<Status> {
  const [queue, waits, apps, runs] = await Promise.all([
    pool.query<{ due: number; later: number }>(
      "select count(*) filter (where due_ms <= $1) as due, count(*) filter (where due_ms > $1) as later from inngest.queue",
      [Date.now()],
    ),
    pool.query<{ waiting: number }>("select count(*) as waiting from inngest.pauses where kind = 'wait'"),
    pool.query<{ name: string; url: string; synced_ms: number }>("select name, url, synced_ms from inngest.apps order by name"),
    pool.query<RunRow>(
      `select r.id, f.slug, r.status, r.created_ms, r.ended_ms, case when r.status = 'Failed' then coalesce(r.output->>'message', '') else '' end as error
       from inngest.runs r join inngest.functions f on f.id = r.function_id order by r.created_ms desc, r.id desc limit ${MAX_RUNS}`,
    ),
  ]);
  const steps = await pool.query<StepRow>(
    `select run_id, name, state, error->>'message' as message from inngest.steps where run_id = any($1) order by changed_ms limit ${MAX_STEPS}`,
    [runs.rows.map(({ id }) => id)],
  );
  return {
    due: queue.rows[0]?.due ?? 0,
    later: queue.rows[0]?.later ?? 0,
    waiting: waits.rows[0]?.waiting ?? 0,
    apps: apps.rows,
    runs: runs.rows.map((run) => withSteps(run, steps.rows)),
  };
}

function withSteps(run: RunRow, rows: readonly StepRow[]): StatusRun {
  const steps = rows.filter(({ run_id }) => run_id === run.id);
  const troubled = steps.findLast(({ message }) => message !== null);
  return { ...run, steps, error: run.error || (troubled?.message ?? "") };
}
