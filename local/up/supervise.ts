import { setTimeout as sleep } from "node:timers/promises";
import { type Child, type ChildCommand, startChild } from "./child";
import type { RunningRecord } from "./leftovers";
import { TAIL_LINES, tailOf } from "./logs";
import { endGroup } from "./signals";

export interface Supervised {
  name: string;
  pid(): number;
  child(): Child;
  /** Asks it to stop, and after `patienceMs` makes it. Resolves when it is gone. */
  stop(patienceMs: number): Promise<void>;
  /** Ends it and all it started at once, as a crash would; it is not started again. */
  kill(): void;
}

export interface SuperviseOptions {
  record: RunningRecord;
  log: (line: string) => void;
  /** Called when it has died too often to be started again. */
  onGivenUp: (reason: string) => void;
}

const FIRST_DELAY_MS = 250;
const MAX_DELAY_MS = 8_000;
/** So many deaths in so long a time, and it is not bad luck any more. */
const MAX_DEATHS = 6;
const DEATHS_WINDOW_MS = 120_000;
const KILLED_WAIT_MS = 1_000;

/** Starts a child and starts it again when it dies, later each time, until it has died too often. */
export async function supervise(command: ChildCommand, options: SuperviseOptions): Promise<Supervised> {
  let wanted = true;
  let current = await start(command, options.record);
  const deaths: number[] = [];

  const watch = async (): Promise<void> => {
    while (wanted) {
      const how = await current.ended;
      if (!wanted) return;
      const delayMs = nextDelay(deaths, Date.now());
      if (delayMs === undefined) {
        wanted = false;
        return options.onGivenUp(
          `${command.name} died ${deaths.length} times in two minutes (${how}). The last ${TAIL_LINES} lines of its log:\n${tailOf(current.logPath)}`,
        );
      }
      options.log(`! ${command.name} died (${how}); starting it again in ${delayMs} ms. Log: ${current.logPath}`);
      await sleep(delayMs);
      if (!wanted) return;
      try {
        current = await start(command, options.record);
        if (!wanted) endGroup(current.pid, "SIGTERM");
        else options.log(`  ${command.name} runs again`);
      } catch (error) {
        options.log(`! ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  };
  const watching = watch();

  return {
    name: command.name,
    pid: () => current.pid,
    child: () => current,
    kill: () => {
      wanted = false;
      if (!current.hasEnded()) endGroup(current.pid, "SIGKILL");
    },
    stop: async (patienceMs) => {
      wanted = false;
      await end(current, patienceMs);
      options.record.remove(command.name);
      await Promise.race([watching, sleep(KILLED_WAIT_MS, undefined, { ref: false })]);
    },
  };
}

async function start(command: ChildCommand, record: RunningRecord): Promise<Child> {
  const child = await startChild(command);
  if (!child.hasEnded()) record.add(command.name, child.pid);
  return child;
}

async function end(child: Child, patienceMs: number): Promise<void> {
  if (child.hasEnded()) return;
  endGroup(child.pid, "SIGTERM");
  await Promise.race([child.ended, sleep(patienceMs, undefined, { ref: false })]);
  if (child.hasEnded()) return;
  endGroup(child.pid, "SIGKILL");
  await Promise.race([child.ended, sleep(KILLED_WAIT_MS, undefined, { ref: false })]);
}

/** How long to wait before the next start, given when the earlier deaths were; notes this one; undefined when it is one too many. */
export function nextDelay(deaths: number[], now: number): number | undefined {
  deaths.push(now);
  while (deaths.length > 0 && now - (deaths[0] ?? now) > DEATHS_WINDOW_MS) deaths.shift();
  if (deaths.length > MAX_DEATHS) return undefined;
  return Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (deaths.length - 1));
}
