import { type Child, startChild } from "../child";

export interface FleetOptions {
  kind: "worker" | "naive-worker";
  folder: string;
  /** Of every process. */
  env: Record<string, string>;
  /** The wall clock of the last process is off by so much. */
  clockOffMs?: number;
}

export interface Fleet {
  buy(): Promise<void>;
  /** Resolves when none buys any more. */
  rest(): Promise<void>;
  /** Ends the first process with SIGKILL and starts it again. */
  killOne(): Promise<void>;
  stop(): Promise<void>;
}

export const PROCESSES = 3;

/** Starts the processes of one cell. Nothing of them is left when it throws. */
export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const started = await Promise.allSettled(Array.from({ length: PROCESSES }, (_, index) => startOne(options, index)));
  const fleet = started.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const failed = started.find((one) => one.status === "rejected");
  if (failed) {
    await Promise.all(fleet.map((child) => child.kill()));
    throw failed.reason;
  }
  const all = async (command: "buy" | "rest") => {
    await Promise.all(fleet.map((child) => child.ask({ command })));
  };
  return {
    buy: () => all("buy"),
    rest: () => all("rest"),
    killOne: async () => {
      await fleet[0]?.kill();
      fleet[0] = await startOne(options, 0);
      await fleet[0].ask({ command: "buy" });
    },
    stop: async () => {
      await Promise.all(fleet.map((child) => child.stop()));
    },
  };
}

function startOne({ kind, folder, env, clockOffMs = 0 }: FleetOptions, index: number): Promise<Child> {
  const isOff = clockOffMs !== 0 && index === PROCESSES - 1;
  return startChild({
    file: `bench/supplier/${kind}.ts`,
    name: `${kind}-${index}`,
    folder,
    env: {
      ...env,
      WORKER_INDEX: String(index),
      WORKERS: String(PROCESSES),
      ...(isOff ? { CLOCK_OFF_MS: String(clockOffMs) } : {}),
    },
    ...(isOff ? { preload: "bench/supplier/shift-clock.ts" } : {}),
  });
}
