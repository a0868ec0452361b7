import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { errorText } from "./errors";
import { openSqlEndpoint } from "./sql-endpoint";
import { tunnel } from "./tunnel";

/** A bulk insert of ten thousand lines is some 2 MiB; Neon itself refuses far sooner than this. */
const MAX_FRAME_BYTES = 32 * 1024 * 1024;
/** Above max_connections, so that PostgreSQL's own "too many clients" is what a client sees. */
const MAX_TUNNELS = 400;
const HANDSHAKE_TIMEOUT_MS = 10_000;

export interface Gate {
  port: number;
  close(): Promise<void>;
}

/**
 * Opens the door that `@neondatabase/serverless` knocks on, on 127.0.0.1: a WebSocket on any path carries a PostgreSQL
 * session, and POST /sql answers single queries and batches. Both lead to the one PostgreSQL behind, whatever address the
 * client names.
 */
export async function openGate(options: { port: number; postgresPort: number; log: (line: string) => void }): Promise<Gate> {
  const { postgresPort, log } = options;
  const sql = openSqlEndpoint(postgresPort, log);
  const server = createServer({ headersTimeout: HANDSHAKE_TIMEOUT_MS }, (request, response) => {
    if (request.url?.split("?")[0] === "/sql") void sql.answer(request, response);
    else answerNothingHere(response);
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, perMessageDeflate: false });
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", (error) => log(`A client's connection failed: ${errorText(error)}`));
    const refusal = whyRefuse(request, sockets.clients.size);
    if (refusal) return refuse(socket, refusal);
    sockets.handleUpgrade(request, socket, head, (webSocket) => tunnel(webSocket, postgresPort, log));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(new Error(`The gate cannot listen on port ${options.port}: ${error.message}`)));
    server.listen(options.port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("The gate got no TCP port.");
  return { port: address.port, close: once(() => close()) };

  async function close(): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const client of sockets.clients) client.terminate();
    server.closeAllConnections();
    await Promise.all([closed, sql.close()]);
  }
}

/** A page in a browser must not reach the database of the machine it is shown on; programs send no Origin. */
function whyRefuse(request: IncomingMessage, tunnels: number): string | undefined {
  if (request.headers.origin !== undefined) return "403 Forbidden";
  if (tunnels >= MAX_TUNNELS) return "503 Service Unavailable";
  return undefined;
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function answerNothingHere(response: ServerResponse): void {
  response.writeHead(404, { "content-type": "application/json" });
  response.end(JSON.stringify({ message: "This is the gate of the local PostgreSQL: POST to /sql, or open a WebSocket." }));
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= work();
    return running;
  };
}
