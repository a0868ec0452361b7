import { parseArgs } from "node:util";
import { startInngest } from "./start";

const USAGE = "tsx local/inngest/main.ts --port N --app-url URL [--app-url URL] [--retry-interval MS] [--stop-on-stdin-end]";

/** Runs the server as a process; prints one line of JSON when it listens, and logs to stderr. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "8288" },
      "app-url": { type: "string", multiple: true, default: [] },
      "retry-interval": { type: "string" },
      "stop-on-stdin-end": { type: "boolean", default: false },
    },
  });
  const retry = values["retry-interval"];
  const server = await startInngest({
    port: wholeNumber("--port", values.port),
    databaseUrl: required("DATABASE_URL"),
    eventKey: required("INNGEST_EVENT_KEY"),
    signingKey: required("INNGEST_SIGNING_KEY"),
    appUrls: values["app-url"],
    ...(retry === undefined ? {} : { retryIntervalMs: wholeNumber("--retry-interval", retry) }),
    log: (line) => process.stderr.write(`inngest: ${line}\n`),
  });
  const stop = () => {
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  if (values["stop-on-stdin-end"]) process.stdin.resume().once("end", stop);
  process.stdout.write(`${JSON.stringify({ ready: true, port: server.port })}\n`);
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. Usage: ${name}=... ${USAGE}`);
  return value;
}

function wholeNumber(flag: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`${flag} must be a whole number, not "${text}". Usage: ${USAGE}`);
  return value;
}

function fail(error: unknown): void {
  process.stderr.write(`inngest: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

main().catch(fail);
