import { readFirstCatalogue, setNotification } from "../local/up/first-news";
import type { System } from "../local/up/system";
import { waitFor } from "../local/up/wait-for";

const REGISTER_TIMEOUT_MS = 60_000;
const CALL_TIMEOUT_MS = 15_000;

/** Has the portal register its functions and read the sandbox's catalogue, as a first start does where one start runs all. */
export async function readCatalogue({ env }: System, portal: string, signal: AbortSignal): Promise<void> {
  await waitFor({
    what: "The registration of the functions",
    timeoutMs: REGISTER_TIMEOUT_MS,
    signal,
    probe: async () => {
      const response = await fetch(`${portal}/api/inngest`, { method: "PUT", signal: AbortSignal.timeout(CALL_TIMEOUT_MS) });
      return response.ok ? "" : `PUT /api/inngest answers ${response.status}`;
    },
  });
  await setNotification(env);
  await readFirstCatalogue(env, signal);
}
