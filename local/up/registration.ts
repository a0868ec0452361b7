import type { Plan } from "./plan";
import { waitFor } from "./wait-for";

const REGISTER_TIMEOUT_MS = 30_000;
const CALL_TIMEOUT_MS = 15_000;
const POLL_MS = 500;

/**
 * Has the portal register its functions, as a deployment does, until it says that the queue took them. An answer that names a
 * function or an option is what the queue refused.
 */
export async function registerFunctions(plan: Plan, signal: AbortSignal): Promise<void> {
  const url = `http://127.0.0.1:${plan.ports.portal}/api/inngest`;
  await waitFor({
    what: "The registration of the functions",
    timeoutMs: REGISTER_TIMEOUT_MS,
    pollMs: POLL_MS,
    signal,
    probe: async () => {
      const response = await fetch(url, { method: "PUT", signal: AbortSignal.timeout(CALL_TIMEOUT_MS) });
      const text = await response.text();
      return response.ok ? "" : `PUT ${url} answers ${response.status}: ${text.slice(0, 500)}`;
    },
  });
}
