import { z } from "zod";

/** The system that the flows run against, as told by the process that started it. */
export type Running = z.infer<typeof schema>;

const schema = z.object({
  env: z.record(z.string(), z.string()),
  urls: z.object({ portal: z.url(), inngest: z.url(), bamboo: z.url() }),
  signIns: z.array(z.object({ email: z.string(), role: z.string(), partner: z.string().nullish() })),
  pids: z.record(z.string(), z.number()),
  browser: z.object({ executablePath: z.string().optional(), env: z.record(z.string(), z.string()) }),
});

const VARIABLE = "STELLER_E2E";

/** Hands it to the workers, which inherit the runner's environment. */
export function announceRunning(message: unknown): Running {
  const running = schema.parse(message);
  process.env[VARIABLE] = JSON.stringify(running);
  return running;
}

/** Undefined until the global set-up is done: the runner itself reads its configuration before. */
export function findRunning(): Running | undefined {
  const text = process.env[VARIABLE];
  return text ? schema.parse(JSON.parse(text)) : undefined;
}

/** For fixtures and helpers, which run after it. */
export function theRunning(): Running {
  const running = findRunning();
  if (!running) throw new Error("No system was started for the flows. Run them with: npm test -- e2e");
  return running;
}
