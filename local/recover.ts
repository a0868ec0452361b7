import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { holdForgotten } from "@/lib/dispatch";
import {
  type DayRead,
  type ForgottenPurchase,
  type FoundPurchases,
  findForgottenPurchases,
  isDay,
  listForgottenPurchases,
  readWaitingOrders,
  today,
  type WaitingOrders,
} from "@/lib/reconciliation";
import { appEnvironment } from "./up/app-environment";
import { withEnvFiles } from "./up/env-files";
import { standInsFor } from "./up/environment";
import { PORT_NAMES } from "./up/ports";
import { ROOT } from "./up/root";
import { readSandboxAccount } from "./up/sandbox-account";
import { keepSecrets } from "./up/secrets";

const USAGE = `Usage: npm run recover -- --since YYYY-MM-DD [--until YYYY-MM-DD]

After the database was put back to an earlier state: finds in the supplier's report what was bought since and is not known here, so that
it is not bought again. --since is the day of the copy (UTC), --until is today unless given. It may be repeated. See docs/restore.md.`;
const LISTED = 100;

async function main(): Promise<void> {
  const window = readArguments();
  Object.assign(process.env, await productEnvironment());
  const untilDay = window.until ?? today();
  console.log(`Purchases since ${window.since} that this database does not know\n`);
  console.log(`  database  ${placeOf(process.env.DATABASE_URL)}\n  supplier  ${placeOf(process.env.BAMBOO_BASE_URL)}\n`);
  console.log(row("day", "purchases", "known", "forgotten", "by hand"));
  const found = await findForgottenPurchases({ sinceDay: window.since, untilDay }, (read) => console.log(dayRow(read)));
  const held = await holdForgotten();
  console.log(summary(found, await listForgottenPurchases(LISTED), await readWaitingOrders()));
  if (held > 0)
    console.log(`Waiting order lines that were bought already, by the journal in the cache: ${held}. They cannot be cancelled.`);
}

function readArguments(): { since: string; until: string | undefined } {
  const { values } = parseArgs({
    options: { since: { type: "string" }, until: { type: "string" }, help: { type: "boolean", default: false } },
  });
  if (values.help || values.since === undefined) throw new Error(USAGE);
  for (const name of ["since", "until"] as const) {
    const day = values[name];
    if (day !== undefined && !isDay(day)) throw new Error(`--${name} is "${day}", which is no day.\n${USAGE}`);
  }
  return { since: values.since, until: values.until };
}

const portsSchema = z.record(z.enum(PORT_NAMES), z.number().int());

/** What the environment names, and the stand-ins of a local system where it names nothing: as `npm start` would have it. */
async function productEnvironment(): Promise<Record<string, string>> {
  const variables = withEnvFiles(process.env, ROOT);
  const standIns = standInsFor(variables);
  const given = Object.fromEntries(Object.entries(variables).filter((entry): entry is [string, string] => !!entry[1]));
  if (standIns.size === 0) return given;
  if (standIns.has("postgres") !== standIns.has("bamboo"))
    throw new Error(
      "Of the database and the supplier the environment names only one. What one supplier sold would be looked for in another's database:\n" +
        'name both (docs/operations.md, "Environment"), or neither for a local system.',
    );
  const dataDir = resolve(ROOT, variables.STELLER_DATA || ".data");
  const ports = join(dataDir, "ports.json");
  if (!existsSync(ports) || !existsSync(join(dataDir, "secrets.json"))) {
    throw new Error(
      `The environment does not name ${[...standIns].join(", ")}, and there is no local system in ${dataDir}.\n` +
        'Set the variables of docs/operations.md, "Environment"; or, for a local system, start it first.',
    );
  }
  const env = appEnvironment({
    variables,
    standIns,
    ports: portsSchema.parse(JSON.parse(readFileSync(ports, "utf8"))),
    secrets: keepSecrets(dataDir),
    nodeEnv: "production",
  });
  if (standIns.has("bamboo")) env.BAMBOO_ACCOUNT_ID ??= await readSandboxAccount(env);
  return env;
}

/** Without user and password. */
function placeOf(address: string | undefined): string {
  if (!address || !URL.canParse(address)) return "?";
  const { host, pathname } = new URL(address);
  return `${host}${pathname === "/" ? "" : pathname}`;
}

function row(...cells: (string | number)[]): string {
  return `  ${cells.map((cell, index) => (index === 0 ? String(cell).padEnd(10) : String(cell).padStart(10))).join(" ")}`;
}

const dayRow = ({ day, purchases, known, unknown, unnamed }: DayRead) => row(day, purchases, known, unknown, unnamed);

function summary(found: FoundPurchases, forgotten: readonly ForgottenPurchase[], { orders, oldestAt }: WaitingOrders): string {
  const total = found.forgotten.reduce((sum, { purchases }) => sum + purchases, 0);
  const parts = [
    `${row("together", found.purchases, found.known, found.unknown, found.unnamed)}\n`,
    `Known here and still open: ${found.asked}. The supplier is asked about them as soon as the portal runs.`,
    orders === 0
      ? "No order waits in the queue."
      : `Orders in the queue: ${orders}, the oldest since ${oldestAt?.toISOString() ?? "?"}. They are bought as soon as the portal runs; if\n` +
        "a partner cancelled one after the copy was made, this database does not know.",
  ];
  if (found.purchases === 0)
    parts.push("The report names nothing at all. Is it the right account, and are these the right days? Look before you go on.");
  if (total > 0) {
    const sums = found.forgotten.map(
      ({ purchases, cards, total: sum, currency }) => `${purchases} (${cards} cards ordered, ${sum} ${currency})`,
    );
    parts.push(
      `\nForgotten: bought at the supplier, with no order here yet: ${sums.join(", ")}\n${forgotten.map(purchaseLine).join("\n")}`,
    );
    if (total > forgotten.length) parts.push(`  and ${total - forgotten.length} more, in the table reported_purchases`);
  }
  return [...parts, nextSteps(total)].join("\n");
}

function purchaseLine({ requestId, orderNumber, orderedOn, status, total, currency, products }: ForgottenPurchase): string {
  return `  ${orderedOn ?? "no day    "}  ${orderNumber}  ${requestId}  ${status}, ${total} ${currency}: ${products}`;
}

function nextSteps(forgotten: number): string {
  const steps = [
    "Start the portal, book the bank's payments since the copy again, then tell partners to repeat their orders with the same keys.",
    'Run this again once the partners have: what is still listed then is for a person (docs/restore.md, "What stays forgotten").',
  ];
  return `\nNext\n${(forgotten > 0 ? steps : steps.slice(0, 1)).map((step, index) => `  ${index + 1}. ${step}`).join("\n")}`;
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  },
);
