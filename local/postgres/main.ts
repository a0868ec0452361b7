import { parseArgs } from "node:util";
import { errorText } from "./errors";
import { type Postgres, startPostgres } from "./start";

const USAGE = "Usage: tsx local/postgres/main.ts --data DIR [--port N] [--gate-port N] [--stop-on-stdin-end]";

/**
 * Runs the local PostgreSQL as a process: one line of JSON on standard output when it is ready, its log on standard
 * error, until SIGTERM or SIGINT (exit 0) or until PostgreSQL ends by itself (exit 1).
 */
async function main(): Promise<void> {
  const { data, port, gatePort, shallFollowStdin } = readArguments();
  let asked = false;
  let running: Postgres | undefined;
  const stop = async () => {
    asked = true;
    await running?.stop();
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop());
  if (shallFollowStdin) process.stdin.on("end", () => void stop()).resume();

  running = await startPostgres({
    dataDir: data,
    port,
    gatePort,
    passwords: readPasswords(),
    log: (line) => process.stderr.write(`${line}\n`),
  });
  if (asked) await running.stop();
  else process.stdout.write(`${JSON.stringify({ ready: true, port: running.port, gatePort: running.gatePort })}\n`);
  await running.exited;
  if (!asked) throw new Error("PostgreSQL ended by itself; its last words are above. Start again: what was committed is kept.");
  await running.stop();
}

function readArguments() {
  const { values } = parseArgs({
    options: {
      data: { type: "string" },
      port: { type: "string" },
      "gate-port": { type: "string" },
      "stop-on-stdin-end": { type: "boolean", default: false },
    },
  });
  if (!values.data) throw new Error(USAGE);
  return {
    data: values.data,
    port: readPort(values.port),
    gatePort: readPort(values["gate-port"]),
    shallFollowStdin: values["stop-on-stdin-end"],
  };
}

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`"${text}" is not a TCP port. ${USAGE}`);
  return port;
}

function readPasswords(): { owner: string; app: string } {
  const { STELLER_PG_OWNER_PASSWORD: owner, STELLER_PG_APP_PASSWORD: app } = process.env;
  if (!owner || !app) throw new Error("Set STELLER_PG_OWNER_PASSWORD and STELLER_PG_APP_PASSWORD.");
  return { owner, app };
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${errorText(error)}\n`);
    process.exit(1);
  },
);
