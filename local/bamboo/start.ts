import { listen } from "./http/server";
import { Sandbox } from "./sandbox";

export interface BambooOptions {
  /** A free one unless given. */
  port?: number;
  /** Where the journal lives; without it everything is forgotten at the end. */
  dataDir?: string;
  clientId: string;
  clientSecret: string;
  /** The bearer token of the control surface. */
  controlToken: string;
  seed?: number;
  /** Fewer brands make a smaller catalogue for tests; the brand of the magic products comes on top. */
  brands?: number;
  webhookUrl?: string;
  /** `whsec_` and base64. */
  webhookSecret?: string;
  log?: (line: string) => void;
}

export interface BambooSandbox {
  url: string;
  port: number;
  /** Finishes no orders: they go on at the next start, if there is a data folder. */
  stop(): Promise<void>;
}

/** Starts the supplier's sandbox on the loopback address. */
export async function startBamboo(options: BambooOptions): Promise<BambooSandbox> {
  const sandbox = new Sandbox(options);
  const { server, port } = await listen(sandbox, options.port ?? 0);
  sandbox.baseUrl = `http://127.0.0.1:${port}`;
  sandbox.world.catalog.wholeJson(); // Written before the first call, which may be a checkout that somebody times.
  sandbox.resume();
  return {
    url: sandbox.baseUrl,
    port,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await sandbox.stop();
    },
  };
}
