import { GROUPS, type Variables } from "./environment";

const OURS = new Set([
  ...GROUPS.flatMap((group) => [...group.required, ...group.optional]),
  "APP_URL",
  "AUTH_SECRET",
  "CARD_MASTER_KEYS",
  "CARD_FINGERPRINT_KEY",
  "BAMBOO_ACCOUNT_ID",
  "BAMBOO_NOTIFICATION_SECRET",
  "BAMBOO_WEBHOOK_SECRET",
  "BAMBOO_CONTROL_TOKEN",
  "DEMO_PASSWORD",
  "INNGEST_DEV",
  "REDIS_URL",
  "PORT",
  "NODE_ENV",
  "STELLER_DATA",
]);

/** What is no business of a child that was not handed it: our own variables, and those of the package manager and the test runners above us. */
const OTHERS = /^(?:npm_|VITEST|PLAYWRIGHT_JSON|TEST$|VITE_)/;

/** The machine's part of an environment (PATH, HOME, locale, proxies): what any child may have. */
export function machineVariables(variables: Variables): Record<string, string> {
  const entries = Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries.filter(([name]) => !OURS.has(name) && !OTHERS.test(name)));
}

/** As `spawn` takes it: every child of ours runs as production unless it is told that it is development. */
export function childEnvironment(env: Record<string, string>): NodeJS.ProcessEnv {
  return { ...env, NODE_ENV: env.NODE_ENV === "development" ? "development" : "production" };
}
