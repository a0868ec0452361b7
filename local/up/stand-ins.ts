import { join } from "node:path";
import { postgresUrl } from "./app-environment";
import type { ServiceName } from "./environment";
import type { Plan } from "./plan";
import { ROOT, tsxArgs } from "./root";
import type { Shift } from "./shift";

const READY_TIMEOUT_MS = 30_000;
/** The first start makes the database cluster, and a start after a crash replays its log. */
const POSTGRES_READY_TIMEOUT_MS = 90_000;

/** Starts a stand-in as a process of its own and waits until it says it is ready. */
export async function startStandIn(name: ServiceName, plan: Plan, shift: Shift): Promise<void> {
  const { args, env } = standIn(name, plan);
  await shift.start({
    name,
    args: [...tsxArgs(`local/${name}/main.ts`), ...args, "--stop-on-stdin-end"],
    cwd: ROOT,
    env: { ...plan.machineEnv, NODE_ENV: "production", ...env },
    dataDir: plan.dataDir,
    announces: true,
    readyTimeoutMs: name === "postgres" ? POSTGRES_READY_TIMEOUT_MS : READY_TIMEOUT_MS,
  });
}

/** Addresses are arguments and secrets variables, so that `ps` shows no secret. */
function standIn(
  name: ServiceName,
  { dataDir, ports, secrets, variables }: Plan,
): { args: string[]; env: Record<string, string> } {
  switch (name) {
    case "postgres":
      return {
        args: ["--data", join(dataDir, "postgres"), "--port", String(ports.postgres), "--gate-port", String(ports.gate)],
        env: { STELLER_PG_OWNER_PASSWORD: secrets.postgresOwnerPassword, STELLER_PG_APP_PASSWORD: secrets.postgresAppPassword },
      };
    case "upstash":
      return {
        args: ["--port", String(ports.upstash)],
        // A real redis-server behind the same front, for load tests.
        env: {
          UPSTASH_REDIS_REST_TOKEN: secrets.upstashToken,
          ...(variables.REDIS_URL ? { REDIS_URL: variables.REDIS_URL } : {}),
        },
      };
    case "inngest":
      return {
        args: ["--port", String(ports.inngest), "--app-url", `http://127.0.0.1:${ports.portal}/api/inngest`],
        env: {
          INNGEST_EVENT_KEY: secrets.inngestEventKey,
          INNGEST_SIGNING_KEY: secrets.inngestSigningKey,
          DATABASE_URL: postgresUrl(ports, "steller_owner", secrets.postgresOwnerPassword, "inngest"),
        },
      };
    case "bamboo":
      return {
        args: ["--port", String(ports.bamboo), "--data", join(dataDir, "bamboo")],
        env: {
          BAMBOO_CLIENT_ID: secrets.bambooClientId,
          BAMBOO_CLIENT_SECRET: secrets.bambooClientSecret,
          BAMBOO_CONTROL_TOKEN: secrets.bambooControlToken,
          BAMBOO_WEBHOOK_URL: `http://127.0.0.1:${ports.portal}/api/bamboo/webhook`,
          BAMBOO_WEBHOOK_SECRET: secrets.bambooWebhookSecret,
        },
      };
  }
}
