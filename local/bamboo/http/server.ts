import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { brandLogo } from "../catalog/logo";
import type { Sandbox } from "../sandbox";
import { handleControl } from "../surface/handle-control";
import { handleApi } from "./handle-api";
import { problem, type Reply, text } from "./reply";
import { send } from "./send";

const HOST = "127.0.0.1";
/** Longer than any client keeps a connection idle, so that it is never we who close one in use. */
const KEEP_ALIVE_MS = 65_000;

/** Serves the API, the control surface and the logos on one port. */
export async function listen(sandbox: Sandbox, port: number): Promise<{ server: Server; port: number }> {
  const server = createServer((request, response) => {
    const arrivedAtMs = sandbox.clock.now();
    route(sandbox, { request, arrivedAtMs }, response).catch((error: unknown) => {
      sandbox.log(`${request.method} ${request.url}: ${error instanceof Error ? error.stack : String(error)}`);
      if (!response.headersSent) send(response, problem(500, "The sandbox failed; its log says why."));
    });
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, HOST, resolve);
  });
  return { server, port: portOf(server.address()) };
}

interface Incoming {
  request: IncomingMessage;
  arrivedAtMs: number;
}

async function route(sandbox: Sandbox, { request, arrivedAtMs }: Incoming, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", `http://${HOST}`);
  if (url.pathname.startsWith("/_control/")) return handleControl(sandbox, request, url, response);
  const logo = /^\/assets\/brand-(\d+)\.svg$/.exec(url.pathname)?.[1];
  if (logo !== undefined) return sendLogo(sandbox, Number(logo), response);
  return handleApi(sandbox, { request, url, arrivedAtMs }, response);
}

function sendLogo(sandbox: Sandbox, brandId: number, response: ServerResponse): void {
  const brand = sandbox.world.catalog.brand(brandId);
  const logo: Reply = brand?.hasLogo
    ? { status: 200, contentType: "image/svg+xml", body: brandLogo(brand), headers: { "cache-control": "public, max-age=86400" } }
    : text(404, "There is no such logo.");
  send(response, logo);
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === "string")
    throw new Error("The server has no port: it must listen on an address, not on a pipe.");
  return address.port;
}
