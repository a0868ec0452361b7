import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";

const answer = z.object({ accounts: z.array(z.object({ id: z.number().int(), currency: z.string() })) });

const TIMEOUT_MS = 5_000;
const MAX_TRIES = 5;
/** The endpoint allows one call a second, and counts the ones it refuses. */
const GAP_MS = 1_100;

/** The id of the sandbox's USD account, as text for `BAMBOO_ACCOUNT_ID`. */
export async function readSandboxAccount(env: Record<string, string>): Promise<string> {
  const credentials = Buffer.from(`${env.BAMBOO_CLIENT_ID}:${env.BAMBOO_CLIENT_SECRET}`).toString("base64");
  const headers = { authorization: `Basic ${credentials}` };
  for (let tries = 1; ; tries++) {
    const response = await fetch(`${env.BAMBOO_BASE_URL}/api/integration/v1.0/accounts`, {
      headers,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.ok) {
      const account = answer.parse(await response.json()).accounts.find((candidate) => candidate.currency === "USD");
      if (account) return String(account.id);
      throw new Error("The sandbox has no USD account. Reset it, or name an account: BAMBOO_ACCOUNT_ID=...");
    }
    if (tries === MAX_TRIES)
      throw new Error(`The sandbox did not tell its accounts: ${response.status} ${await response.text()}`);
    await sleep(GAP_MS);
  }
}
