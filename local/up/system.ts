import { resolve } from "node:path";
import { buildIfStale } from "./build";
import { openDataFolder } from "./data-folder";
import type { ServiceName, Variables } from "./environment";
import { readFirstCatalogue, setNotification } from "./first-news";
import { migrateAndSeed, type SignIn } from "./migrate-and-seed";
import { type Log, phase, seconds } from "./phases";
import { makePlan, type Plan } from "./plan";
import { servePortal } from "./portal";
import { registerFunctions } from "./registration";
import { ROOT } from "./root";
import { readSandboxAccount } from "./sandbox-account";
import { Shift } from "./shift";
import { startStandIn } from "./stand-ins";

export type Mode = "start" | "dev" | "services-only";

export interface SystemOptions {
  /** Everything kept: databases, secrets, ports, logs. Made when absent; relative to the repository's root. */
  dataDir: string;
  mode: Mode;
  /** The environment to read; default the process's own. Tests pass one without services, so that nothing real is ever reached. */
  env?: Variables;
  log?: Log;
  /** The portal's port; 0 for any free one. Default: the last one, else 3000. */
  port?: number;
  /** `false` serves the build that is there, stale or not. */
  build?: boolean;
  /** `false` leaves the demo data out. They never go into a database that is not on this machine. */
  seed?: boolean;
  /** Calls the start off. */
  signal?: AbortSignal;
}

export interface System {
  /** What the start added to the environment it was given: addresses, keys, `DEMO_PASSWORD`, `BAMBOO_CONTROL_TOKEN`. */
  env: Record<string, string>;
  urls: { portal: string; inngest?: string; bamboo?: string };
  signIns: SignIn[];
  /** Process ids by name at this moment (a child that was started again has a new one): web, inngest, bamboo, upstash, postgres. */
  readonly pids: Readonly<Record<string, number>>;
  /** Resolves, with the reason, if a part died too often to be started again. */
  broken: Promise<string>;
  /** Stops the web first and the database last, within ten seconds. */
  stop(): Promise<void>;
  /** Ends all of them with SIGKILL at once, as a power cut would. */
  killAll(): Promise<void>;
}

/** Starts what the environment does not name, brings the database to the head, and serves. Throws, with nothing left running, when a part fails. */
export async function startSystem(options: SystemOptions): Promise<System> {
  const log = options.log ?? (() => undefined);
  const dataDir = resolve(ROOT, options.dataDir);
  const variables = options.env ?? process.env;
  const folder = await openDataFolder(dataDir, log, options.mode);
  const shift = new Shift(folder, log, options.signal);
  try {
    const plan = await makePlan(dataDir, variables, options.mode === "dev" ? "development" : "production", options.port);
    const [signIns] = await shift.all([prepareData(plan, shift, options, log), prepareBuild(plan, shift, options, log)] as const);
    const starts = [startServices(["inngest"], plan, shift, log)];
    if (options.mode !== "services-only") starts.push(servePortal(plan, shift, options.mode, log));
    await shift.all(starts);
    if (options.mode !== "services-only" && plan.standIns.has("inngest")) {
      await phase(log, "Functions registered", () => registerFunctions(plan, shift.signal));
      if (plan.standIns.has("bamboo")) {
        await setNotification(plan.appEnv);
        await phase(log, "Catalogue and rates", () => readFirstCatalogue(plan.appEnv, shift.signal));
      }
    }
    return handle(plan, shift, signIns);
  } catch (error) {
    await shift.stop();
    throw error;
  }
}

async function prepareData(plan: Plan, shift: Shift, options: SystemOptions, log: Log): Promise<SignIn[]> {
  await startServices(["postgres", "upstash", "bamboo"], plan, shift, log);
  if (plan.standIns.has("bamboo")) plan.appEnv.BAMBOO_ACCOUNT_ID ??= await readSandboxAccount(plan.appEnv);
  return migrateAndSeed(plan, options.seed !== false, log, shift.signal);
}

async function startServices(names: ServiceName[], plan: Plan, shift: Shift, log: Log): Promise<void> {
  await shift.all(
    names.filter((name) => plan.toStart.has(name)).map((name) => phase(log, TITLES[name], () => startStandIn(name, plan, shift))),
  );
}

const TITLES: Record<ServiceName, string> = {
  postgres: "PostgreSQL, standing in for Neon",
  upstash: "Redis, standing in for Upstash",
  inngest: "Queue, standing in for Inngest",
  bamboo: "Supplier sandbox, for Bamboo",
};

async function prepareBuild(plan: Plan, shift: Shift, options: SystemOptions, log: Log): Promise<void> {
  if (options.mode !== "start" || options.build === false) return;
  const startedAt = performance.now();
  const built = await buildIfStale({
    dataDir: plan.dataDir,
    env: plan.machineEnv,
    signal: shift.signal,
    onBuild: () => log("  Building the portal: about half a minute, this once"),
  });
  log(`  ${(built ? "Production build" : "Production build, up to date").padEnd(34)} ${seconds(performance.now() - startedAt)}`);
}

function handle(plan: Plan, shift: Shift, signIns: SignIn[]): System {
  const { appEnv, ports, standIns, variables } = plan;
  return {
    env: Object.fromEntries(Object.entries(appEnv).filter(([name, value]) => variables[name] !== value)),
    urls: {
      portal: `http://127.0.0.1:${ports.portal}`,
      ...(standIns.has("inngest") ? { inngest: appEnv.INNGEST_BASE_URL } : {}),
      ...(standIns.has("bamboo") ? { bamboo: appEnv.BAMBOO_BASE_URL } : {}),
    },
    signIns,
    get pids() {
      return shift.pids;
    },
    broken: shift.broken,
    stop: () => shift.stop(),
    killAll: () => shift.killAll(),
  };
}
