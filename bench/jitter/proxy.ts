import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { inOrder } from "./in-order";

export interface JitterProxy {
  port: number;
  /** Each request, and separately each answer, that begins from now on is under way for 0 to this many milliseconds more, evenly spread. */
  jitterMs: number;
  close(): Promise<void>;
}

export interface JitterProxyOptions {
  /** A service on 127.0.0.1. */
  targetPort: number;
  jitterMs?: number;
  /** Evenly spread in [0, 1). */
  random: () => number;
}

const HOST = "127.0.0.1";

/**
 * Stands on a free port before a service as an uneven network would. What one side sends after the other spoke is one message, however
 * many pieces it comes in: its pieces arrive together and in order, and no message of a connection overtakes another. A service that
 * counts arrivals and a client that spaces departures see different gaps through it.
 */
export async function startJitterProxy({ targetPort, jitterMs = 0, random }: JitterProxyOptions): Promise<JitterProxy> {
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (client) => {
    const service = connect({ port: targetPort, host: HOST, noDelay: true, allowHalfOpen: true });
    for (const socket of [client, service]) {
      open.add(socket);
      socket.once("close", () => open.delete(socket));
    }
    carry(client, service, () => random() * proxy.jitterMs);
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, HOST, resolve));
  const proxy: JitterProxy = {
    port: (server.address() as AddressInfo).port,
    jitterMs,
    close: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of open) socket.destroy();
      return closed;
    },
  };
  return proxy;
}

function carry(client: Socket, service: Socket, drawDelayMs: () => number): void {
  let speaker: Socket | null = null;
  for (const [from, to] of [
    [client, service],
    [service, client],
  ] as const) {
    const later = inOrder();
    let dueAt = 0;
    from.on("data", (piece: Buffer) => {
      if (speaker !== from) {
        speaker = from;
        dueAt = performance.now() + drawDelayMs();
      }
      later(dueAt, () => to.write(piece));
    });
    from.on("end", () => later(dueAt, () => to.end()));
    // A reset says that this side is gone, which its closing says too.
    from.on("error", () => undefined);
    from.on("close", (hadError) => hadError && to.destroy());
  }
}
