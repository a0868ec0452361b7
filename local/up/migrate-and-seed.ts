import { z } from "zod";
import { isLoopback } from "./environment";
import { type Log, phase } from "./phases";
import type { Plan } from "./plan";
import { tsxArgs } from "./root";
import { runScript } from "./run-script";

const signInsSchema = z.object({
  signIns: z.array(z.object({ email: z.string(), role: z.string(), partner: z.string().nullish() })),
});

/** A demo sign-in; all of them have the password `DEMO_PASSWORD`. */
export type SignIn = z.infer<typeof signInsSchema>["signIns"][number];

const MIGRATE_TIMEOUT_MS = 300_000;
const SEED_TIMEOUT_MS = 300_000;

/** Brings the schema to the head, then fills in the demo data, which go only into a database on this machine. */
export async function migrateAndSeed(plan: Plan, seed: boolean, log: Log, signal: AbortSignal): Promise<SignIn[]> {
  const common = { env: { ...plan.machineEnv, ...plan.appEnv }, dataDir: plan.dataDir, signal };
  await phase(log, "Schema", () =>
    runScript({
      ...common,
      name: "migrate",
      args: tsxArgs("drizzle/migrate.ts"),
      timeoutMs: MIGRATE_TIMEOUT_MS,
      advice: "A migration is kept whole or not at all: mend the cause and start again.",
    }),
  );
  if (!seed || !isLoopback(plan.appEnv.DATABASE_URL)) return [];
  const output = await phase(log, "Demo data", () =>
    runScript({
      ...common,
      name: "seed",
      args: tsxArgs("drizzle/seed.ts"),
      timeoutMs: SEED_TIMEOUT_MS,
      advice: "The seed may be repeated: mend the cause and start again.",
    }),
  );
  return readSignIns(output);
}

/** The seed says who may sign in with one line of JSON. */
export function readSignIns(output: string): SignIn[] {
  for (const line of output.split("\n")) {
    if (!line.startsWith('{"signIns"')) continue;
    return signInsSchema.parse(JSON.parse(line)).signIns;
  }
  throw new Error('The seed printed no line {"signIns":[...]}. See drizzle/seed.ts.');
}
