import { parseArgs } from "node:util";
import { startBamboo } from "./start";

const { values } = parseArgs({
  options: {
    port: { type: "string" },
    data: { type: "string" },
    seed: { type: "string" },
    brands: { type: "string" },
    "stop-on-stdin-end": { type: "boolean" },
  },
});

const sandbox = await startBamboo({
  clientId: required("BAMBOO_CLIENT_ID"),
  clientSecret: required("BAMBOO_CLIENT_SECRET"),
  controlToken: required("BAMBOO_CONTROL_TOKEN"),
  log: (line) => process.stderr.write(`${line}\n`),
  ...(values.port !== undefined && { port: Number(values.port) }),
  ...(values.data !== undefined && { dataDir: values.data }),
  ...(values.seed !== undefined && { seed: Number(values.seed) }),
  ...(values.brands !== undefined && { brands: Number(values.brands) }),
  ...(process.env.BAMBOO_WEBHOOK_URL && { webhookUrl: process.env.BAMBOO_WEBHOOK_URL }),
  ...(process.env.BAMBOO_WEBHOOK_SECRET && { webhookSecret: process.env.BAMBOO_WEBHOOK_SECRET }),
});

let stopping = false;
process.once("SIGTERM", stop);
process.once("SIGINT", stop);
if (values["stop-on-stdin-end"]) process.stdin.resume().once("end", stop).once("close", stop);
process.stdout.write(`${JSON.stringify({ ready: true, port: sandbox.port })}\n`);

function stop(): void {
  if (stopping) return;
  stopping = true;
  sandbox.stop().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`The sandbox did not stop cleanly: ${String(error)}\n`);
      process.exit(1);
    },
  );
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. Set it to start the Bamboo sandbox.`);
  return value;
}
