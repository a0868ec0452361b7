import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { wireNotification } from "@/lib/bamboo";
import { hintDispatch } from "@/lib/dispatch";

export interface Callbacks {
  /** As `APP_URL`: the sandbox is told where callbacks go below it. */
  url: string;
  stop(): Promise<void>;
}

/** Takes the supplier's callbacks as the portal's route does: each is a hint, written down before it is answered. */
export async function takeCallbacks(): Promise<Callbacks> {
  const server = createServer((request, response) => {
    take(request).then(
      () => response.writeHead(204).end(),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

async function take(request: IncomingMessage): Promise<void> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  const { requestId } = wireNotification.parse(JSON.parse(Buffer.concat(pieces).toString("utf8")));
  await hintDispatch(requestId.toLowerCase());
}
