import { TOOL_VARIABLES } from "./app-environment";
import { notReady } from "./child";
import { type Log, phase } from "./phases";
import type { Plan } from "./plan";
import { NEXT_BIN, ROOT } from "./root";
import type { Shift } from "./shift";
import { waitFor } from "./wait-for";

const SERVE_TIMEOUT_MS = 60_000;
/** The development server compiles at the first request. */
const DEV_SERVE_TIMEOUT_MS = 180_000;
const PROBE_TIMEOUT_MS = 10_000;
const DEV_PROBE_TIMEOUT_MS = 120_000;

/** Starts `next start` (or `next dev`) and waits until it says it is ready to serve. */
export async function servePortal(plan: Plan, shift: Shift, mode: "start" | "dev", log: Log): Promise<void> {
  const env = Object.fromEntries(Object.entries(plan.appEnv).filter(([name]) => !TOOL_VARIABLES.includes(name)));
  await phase(log, mode === "dev" ? "Portal, with reload" : "Portal", async () => {
    const web = await shift.start({
      name: "web",
      args: [
        "--import",
        new URL("stop-with-parent.mjs", import.meta.url).href,
        NEXT_BIN,
        mode,
        "-H",
        "127.0.0.1",
        "-p",
        String(plan.ports.portal),
      ],
      cwd: ROOT,
      env,
      dataDir: plan.dataDir,
      announces: false,
      readyTimeoutMs: 0,
    });
    const probeTimeoutMs = mode === "dev" ? DEV_PROBE_TIMEOUT_MS : PROBE_TIMEOUT_MS;
    await waitFor({
      what: "The portal",
      timeoutMs: mode === "dev" ? DEV_SERVE_TIMEOUT_MS : SERVE_TIMEOUT_MS,
      signal: shift.signal,
      probe: () => probeReady(`http://127.0.0.1:${plan.ports.portal}/readyz`, probeTimeoutMs),
    }).catch((error: unknown) => {
      throw shift.signal.aborted
        ? error
        : notReady("The portal", web.child(), error instanceof Error ? error.message : String(error));
    });
  });
}

async function probeReady(url: string, timeoutMs: number): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
  const text = await response.text();
  return response.ok ? "" : `${url} answers ${response.status}: ${text.slice(0, 500)}`;
}
