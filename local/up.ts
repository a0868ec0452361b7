import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { welcome } from "./up/box";
import { withEnvFiles } from "./up/env-files";
import { seconds } from "./up/phases";
import { ROOT } from "./up/root";
import { startSystem } from "./up/system";

const USAGE = "Usage: npm start [-- --no-build]   or   npm run dev\nVariables: PORT (default 3000), STELLER_DATA (default .data)";
/** After this the stop is no longer waited for: children that outlive us end by themselves when their input ends. */
const STOP_LIMIT_MS = 9_800;

async function main(): Promise<void> {
  const { mode, build } = readArguments();
  const env = withEnvFiles(process.env, ROOT);
  const dataDir = resolve(ROOT, env.STELLER_DATA || ".data");
  const startedAt = performance.now();
  const callingOff = new AbortController();
  const asked = stopRequest();
  void asked.then(() => callingOff.abort(new CalledOff()));

  const system = await startSystem({
    dataDir,
    mode,
    env,
    build,
    port: readPort(env.PORT),
    log: console.log,
    signal: callingOff.signal,
  });
  console.log(`\n${welcome(system, dataDir, mode)}\n  Ready in ${seconds(performance.now() - startedAt).trim()}.`);

  const reason = await Promise.race([asked, system.broken]);
  console.log(reason === "" ? "\nStopping ..." : `\nStopping: ${reason}`);
  await system.stop();
  console.log("Stopped. Data stay where they are.");
  process.exitCode = reason === "" ? 0 : 1;
}

class CalledOff extends Error {
  constructor() {
    super("Stopped before everything was up. Data stay where they are.");
  }
}

/** Resolves at the first Ctrl-C, SIGTERM, hang-up, or when whoever started us is gone; from then on time is short. */
function stopRequest(): Promise<""> {
  return new Promise((done) => {
    const stop = () => {
      setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
      done("");
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
    process.once("disconnect", stop);
  });
}

function readArguments(): { mode: "start" | "dev"; build: boolean } {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { "no-build": { type: "boolean", default: false } },
  });
  const [mode = "start", ...rest] = positionals;
  if ((mode !== "start" && mode !== "dev") || rest.length > 0) throw new Error(USAGE);
  return { mode, build: !values["no-build"] };
}

function readPort(text: string | undefined): number | undefined {
  if (!text) return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`PORT is "${text}", which is no port. Give a number from 1 to 65535.`);
  return port;
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    process.exit(error instanceof CalledOff ? 0 : 1);
  },
);
