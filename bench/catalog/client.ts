import { Agent, request } from "node:http";
import type { Ask } from "./requests";

export interface Got {
  etag: string | undefined;
  status: number;
}

export interface CatalogClient {
  /** Asks, and reads the answer to its end. Throws, with the answer, for anything but a 200, or a 304 to one who has it. */
  get(ask: Ask, etag?: string): Promise<Got>;
  close(): void;
}

/** A browser or a partner's system: so many connections, kept open. */
export function openCatalogClient(origin: string, connections: number): CatalogClient {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const get = ({ buyer, path }: Ask, etag?: string) =>
    new Promise<Got>((resolve, reject) => {
      const headers = { cookie: buyer.cookie, ...(etag === undefined ? {} : { "if-none-match": etag }) };
      const sent = request(new URL(path, origin), { agent, headers }, (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          text += chunk;
        });
        response.on("error", reject);
        response.on("end", () => {
          const status = response.statusCode ?? 0;
          if (status === 200 || (status === 304 && etag !== undefined)) resolve({ etag: response.headers.etag, status });
          else reject(new Error(`GET ${path} answered ${status}: ${text.slice(0, 500)}`));
        });
      });
      sent.on("error", reject);
      sent.end();
    });
  return { get, close: () => agent.destroy() };
}
