import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { type Random, shuffled } from "@/local/bamboo/random";
import { readPidFile } from "@/local/postgres/pid-file";
import { endGroup } from "@/local/up/signals";

const VICTIMS = ["web", "inngest", "postgres"] as const;
export type Victim = (typeof VICTIMS)[number];

const TIMES_EACH = 3;
/** Within its share of the time, a kill comes at random; so two may come close together, and none is left out. */
const WAIT_MS = 200;
const MAX_WAITS = 100;

const HEALTH_TIMEOUT_MS = 1_000;

const portsSchema = z.object({ inngest: z.number() });
const pidsSchema = z.record(z.string(), z.object({ pid: z.number() }));

/** Kills each part so many times, in random order and at random moments of the time, whatever the others are just doing. */
export async function killAtRandom(
  folder: string,
  fromMs: number,
  untilMs: number,
  random: Random,
): Promise<Record<Victim, number>> {
  const order = shuffled(
    random,
    VICTIMS.flatMap((victim) => Array.from({ length: TIMES_EACH }, () => victim)),
  );
  const shareMs = (untilMs - fromMs) / order.length;
  const kills: Record<Victim, number> = { web: 0, inngest: 0, postgres: 0 };
  const killed = new Set<number>();
  for (const [index, victim] of order.entries()) {
    await sleep(Math.max(fromMs + (index + random()) * shareMs - Date.now(), 0));
    killed.add(await kill(folder, victim, killed));
    kills[victim] += 1;
  }
  return kills;
}

/** Waits for its next process if the last one is just dead, and kills that one: PostgreSQL by its immediate stop, the others with -9. */
async function kill(folder: string, victim: Victim, killed: ReadonlySet<number>): Promise<number> {
  for (let wait = 0; wait < MAX_WAITS; wait++) {
    const pid = await pidOf(folder, victim);
    if (pid !== undefined && !killed.has(pid) && (victim === "web" || (await queueStands(folder)))) {
      if (victim === "postgres") process.kill(pid, "SIGQUIT");
      else endGroup(pid, "SIGKILL");
      return pid;
    }
    await sleep(WAIT_MS);
  }
  throw new Error(
    `There was no new process of ${victim} to kill for ${(MAX_WAITS * WAIT_MS) / 1_000} s: it was not started again`,
  );
}

/**
 * Whether the queue is up, and so its database: the stand-in ends when it starts without one, and a part that ends too often is not
 * started again. So of these two only one dies at a time; the web dies at any time.
 */
async function queueStands(folder: string): Promise<boolean> {
  const { inngest } = portsSchema.parse(JSON.parse(readFileSync(join(folder, "ports.json"), "utf8")));
  const health = await fetch(`http://127.0.0.1:${inngest}/health`, { signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS) }).catch(
    () => undefined,
  );
  return health?.ok === true && (await pidOf(folder, "postgres")) !== undefined;
}

async function pidOf(folder: string, victim: Victim): Promise<number | undefined> {
  if (victim === "postgres") {
    const file = await readPidFile(join(folder, "postgres", "cluster"));
    return file?.status === "ready" ? file.pid : undefined;
  }
  const path = join(folder, "pids.json");
  if (!existsSync(path)) return undefined;
  return pidsSchema.parse(JSON.parse(readFileSync(path, "utf8")))[victim]?.pid;
}
