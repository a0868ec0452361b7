import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { db } from "@/drizzle/client";
import { loadCallerBeside } from "@/lib/auth";
import { acceptanceFacts } from "@/lib/orders";
import { acceptOrder } from "@/lib/orders/accept-order";
import type { PlaceOrderInput } from "@/lib/orders/schemas";
import { acceptance, pricedOrder } from "./acceptances";

/**
 * What the portal's accept is set beside: Node's own server, the same two statements through the same driver, and nothing else. No
 * framework, no limits, no checks of what comes in, one price for all, no log, no relay. Runs until its standard input ends.
 */
const server = createServer((request, response) => {
  accept(request).then(
    (body) => response.writeHead(202, { "content-type": "application/json" }).end(body),
    (error: unknown) => response.writeHead(500).end(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  );
});

async function accept(request: IncomingMessage): Promise<string> {
  const input: PlaceOrderInput = JSON.parse(await text(request));
  const key = String(request.headers["idempotency-key"]);
  const { caller } = await loadCallerBeside(new Headers({ cookie: request.headers.cookie ?? "" }), acceptanceFacts(input, key));
  if (caller?.actor.kind !== "member") throw new Error("The cookie is nobody's.");
  const { partnerId, userId, role } = caller.actor;
  const priced = pricedOrder(input.lines[0]?.productId ?? 0);
  const { body } = await acceptOrder(db(), { ...acceptance({ partnerId, userId, role }, priced), idempotencyKey: key });
  return body;
}

async function text(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += chunk;
  return body;
}

server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`${JSON.stringify({ ready: true, port: (server.address() as AddressInfo).port })}\n`);
});
process.stdin.resume().on("close", () => process.exit(0));
