import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { RunningRecord } from "./leftovers";
import { type Lock, takeLock } from "./lock";
import type { Log } from "./phases";

export interface DataFolder {
  lock: Lock;
  record: RunningRecord;
}

/** A start that is going down, or has yet to notice that it must (its terminal was closed), is given time to leave. */
const REFUSAL_WAIT_MS = 3_000;
const LEAVING_WAIT_MS = 12_000;

/** Makes the data folder ours alone and ends what a killed start left on it. Throws when another start is using it. */
export async function openDataFolder(dataDir: string, log: Log, note: string): Promise<DataFolder> {
  mkdirSync(dataDir, { recursive: true });
  const lock = await takeLock(join(dataDir, "up.lock"), {
    waitMs: REFUSAL_WAIT_MS,
    leavingWaitMs: LEAVING_WAIT_MS,
    note,
    refuse: (holder) =>
      `Steller is already running on ${dataDir} (process ${holder.pid}${holder.note ? `, ${holder.note}` : ""}).\n` +
      `Use that one, or stop it (Ctrl-C there, or: kill ${holder.pid}), or give this one a folder of its own: STELLER_DATA=.data/second npm start`,
  });
  const record = new RunningRecord(dataDir);
  const ended = await record.endLeftovers();
  if (ended.length > 0) log(`  Ended what an earlier start left running: ${ended.join(", ")}.`);
  return { lock, record };
}
