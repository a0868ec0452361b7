import type { BambooControl } from "@/local/bamboo/control";

/** So many checkouts are acted on before their line is cut: bought, and nobody here knows. The others get a 503. */
export const ACTED_ON = 2;
/** Calls that fail at once: the breaker opens on them. Probes take longer, so that others have time to send a second one. */
const QUICK = 5;
export const PROBE_TAKES_MS = 2_000;

export interface Outage {
  /** The supplier answers again. It is slow until it is told not to be. */
  end(): Promise<void>;
}

/** From now on no checkout and no read is answered, and no callback comes. Calls are still counted against the limits. */
export async function beginOutage(control: BambooControl): Promise<Outage> {
  await control.setModes({ callback: "lost" });
  const slow = { kind: "slowBefore", delayMs: PROBE_TAKES_MS } as const;
  await control.addFault({ endpoint: "order", skip: QUICK, times: null, act: slow });
  await control.addFault({ endpoint: "checkout", skip: QUICK, times: null, act: slow });
  const failures = await Promise.all([
    control.addFault({ endpoint: "order", times: null, act: { kind: "cutBefore" } }),
    control.addFault({ endpoint: "checkout", times: ACTED_ON, act: { kind: "cutAfter" } }),
    control.addFault({ endpoint: "checkout", skip: ACTED_ON, times: null, act: { kind: "failBefore", status: 503 } }),
  ]);
  return {
    end: async () => {
      for (const { id } of failures) await control.removeFault(id);
      await control.setModes({ callback: "normal" });
    },
  };
}
