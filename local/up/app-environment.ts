import { isNamed, type ServiceName, type Variables } from "./environment";
import type { Ports } from "./ports";
import type { Secrets } from "./secrets";

export interface AppEnvironmentInput {
  variables: Variables;
  standIns: ReadonlySet<ServiceName>;
  ports: Ports;
  secrets: Secrets;
  nodeEnv: "production" | "development";
}

/** What only the tools beside the product are told: how to script the sandbox, and the demo sign-ins' password. */
export const TOOL_VARIABLES = ["BAMBOO_CONTROL_TOKEN", "DEMO_PASSWORD"];

/**
 * The product's variables for this start: those of the environment, then the addresses of the stand-ins, then the kept keys.
 * `BAMBOO_ACCOUNT_ID` is absent when only the sandbox can tell it.
 */
export function appEnvironment({ variables, standIns, ports, secrets, nodeEnv }: AppEnvironmentInput): Record<string, string> {
  const addresses = {
    ...(standIns.has("postgres") ? postgresVariables(ports, secrets) : {}),
    ...(standIns.has("upstash")
      ? { UPSTASH_REDIS_REST_URL: `http://127.0.0.1:${ports.upstash}`, UPSTASH_REDIS_REST_TOKEN: secrets.upstashToken }
      : {}),
    ...(standIns.has("inngest") ? inngestVariables(ports, secrets) : {}),
    ...(standIns.has("bamboo") ? bambooVariables(ports, secrets) : {}),
  };
  const keys = {
    APP_URL: `http://127.0.0.1:${ports.portal}`,
    AUTH_SECRET: secrets.authSecret,
    CARD_MASTER_KEYS: secrets.cardMasterKeys,
    CARD_FINGERPRINT_KEY: secrets.cardFingerprintKey,
    BAMBOO_NOTIFICATION_SECRET: secrets.bambooNotificationSecret,
    BAMBOO_CONTROL_TOKEN: secrets.bambooControlToken,
    DEMO_PASSWORD: secrets.demoPassword,
  };
  const given = Object.entries(variables).filter((entry): entry is [string, string] => isNamed(variables, entry[0]));
  return {
    ...keys,
    ...Object.fromEntries(given),
    ...addresses,
    NODE_ENV: nodeEnv,
    PORT: String(ports.portal),
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

function postgresVariables(ports: Ports, secrets: Secrets): Record<string, string> {
  return {
    DATABASE_URL: postgresUrl(ports, "steller_app", secrets.postgresAppPassword, "steller"),
    DATABASE_URL_UNPOOLED: postgresUrl(ports, "steller_owner", secrets.postgresOwnerPassword, "steller"),
    DATABASE_WS_PROXY: `ws://127.0.0.1:${ports.gate}`,
  };
}

function inngestVariables(ports: Ports, secrets: Secrets): Record<string, string> {
  return {
    INNGEST_EVENT_KEY: secrets.inngestEventKey,
    INNGEST_SIGNING_KEY: secrets.inngestSigningKey,
    INNGEST_BASE_URL: `http://127.0.0.1:${ports.inngest}`,
  };
}

function bambooVariables(ports: Ports, secrets: Secrets): Record<string, string> {
  return {
    BAMBOO_BASE_URL: `http://127.0.0.1:${ports.bamboo}`,
    BAMBOO_CLIENT_ID: secrets.bambooClientId,
    BAMBOO_CLIENT_SECRET: secrets.bambooClientSecret,
    BAMBOO_WEBHOOK_SECRET: secrets.bambooWebhookSecret,
  };
}

export function postgresUrl(ports: Ports, role: string, password: string, database: string): string {
  return `postgres://${role}:${encodeURIComponent(password)}@127.0.0.1:${ports.postgres}/${database}`;
}
