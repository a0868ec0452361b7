import { z } from "zod";
import { type Child, startChild } from "../child";

export interface Jitter {
  /** What `BAMBOO_BASE_URL` names for whoever is to be served through it. */
  url: string;
  /** Resolves once what is sent from now on is under way for 0 to so many milliseconds more. */
  set(jitterMs: number): Promise<void>;
  stop(): Promise<void>;
}

const ready = z.object({ port: z.number() });

/** Runs the proxy as a process before the service at that address of this machine. */
export async function startJitter(targetUrl: string, folder: string): Promise<Jitter> {
  const child: Child = await startChild({
    file: "bench/jitter/main.ts",
    name: "jitter",
    folder,
    env: { JITTER_TARGET_PORT: new URL(targetUrl).port },
  });
  const { port } = ready.parse(child.ready);
  return {
    url: `http://127.0.0.1:${port}`,
    set: async (jitterMs) => {
      await child.ask({ jitterMs });
    },
    stop: () => child.stop(),
  };
}
