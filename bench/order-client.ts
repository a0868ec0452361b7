import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import type { Person } from "./population";

export interface Card {
  productId: number;
  faceMinor: number;
}

export interface OrderClient {
  /** Orders one card as that person, under a key of its own. Throws, with the answer, for anything but a 202. */
  order(person: Person, card: Card): Promise<void>;
  close(): void;
}

const ACCEPTED = 202;

/** A partner's system: so many connections, kept open. */
export function openOrderClient(origin: string, connections: number): OrderClient {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const url = new URL("/api/v1/orders", origin);
  const order = (person: Person, { productId, faceMinor }: Card) =>
    new Promise<void>((resolve, reject) => {
      const body = JSON.stringify({ lines: [{ productId, faceMinor, quantity: 1 }] });
      const headers = {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
        "idempotency-key": randomUUID(),
        cookie: person.cookie,
      };
      const sent = request(url, { method: "POST", agent, headers }, (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          text += chunk;
        });
        response.on("error", reject);
        response.on("end", () => {
          if (response.statusCode === ACCEPTED) resolve();
          else reject(new Error(`POST ${url} answered ${response.statusCode}: ${text}`));
        });
      });
      sent.on("error", reject);
      sent.end(body);
    });
  return { order, close: () => agent.destroy() };
}
