import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface TripProxy {
  port: number;
  /** Added to each round trip that begins from now on. */
  delayMs: number;
  /** Trips since the last `reset`, over all connections; opening one counts what its protocol needs. */
  trips(): number;
  reset(): void;
  close(): Promise<void>;
}

export interface TripProxyOptions {
  /** A service on 127.0.0.1. */
  targetPort: number;
  delayMs?: number;
}

const HOST = "127.0.0.1";

/**
 * Stands on a free port before a service, as a network far away would: what a client sends arrives `delayMs` later, what the service
 * answers at once. A trip is what a client sends after an answer and before the next one, in however many pieces: messages that do
 * not wait for each other share one.
 */
export async function startTripProxy({ targetPort, delayMs = 0 }: TripProxyOptions): Promise<TripProxy> {
  let begun = 0;
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (client) => {
    const service = connect({ port: targetPort, host: HOST, noDelay: true, allowHalfOpen: true });
    for (const socket of [client, service]) {
      open.add(socket);
      socket.once("close", () => open.delete(socket));
    }
    carry(client, service, { delayMs: () => proxy.delayMs, onTrip: () => begun++ });
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, HOST, resolve));
  const proxy: TripProxy = {
    port: (server.address() as AddressInfo).port,
    delayMs,
    trips: () => begun,
    reset: () => {
      begun = 0;
    },
    close: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of open) socket.destroy();
      return closed;
    },
  };
  return proxy;
}

function carry(client: Socket, service: Socket, { delayMs, onTrip }: { delayMs: () => number; onTrip: () => void }): void {
  let isAnswered = true;
  let dueAt = 0;
  const later = delayed();
  client.on("data", (chunk: Buffer) => {
    if (isAnswered) {
      isAnswered = false;
      onTrip();
      dueAt = performance.now() + delayMs();
    }
    later(dueAt, () => service.write(chunk));
  });
  service.on("data", (chunk: Buffer) => {
    isAnswered = true;
    client.write(chunk);
  });
  client.on("end", () => later(dueAt, () => service.end()));
  service.on("end", () => client.end());
  for (const [socket, other] of [
    [client, service],
    [service, client],
  ] as const) {
    // A reset says that this side is gone, which its closing says too.
    socket.on("error", () => undefined);
    socket.on("close", (hadError) => hadError && other.destroy());
  }
}

/** Does things in the order they were asked for, none before its time; at once where that has come and nothing is before it. */
function delayed(): (dueAt: number, act: () => void) => void {
  const waiting: { dueAt: number; act: () => void }[] = [];
  const work = () => {
    for (let next = waiting[0]; next && next.dueAt <= performance.now(); next = waiting[0]) {
      waiting.shift();
      next.act();
    }
    if (waiting[0]) arm(waiting[0].dueAt);
  };
  const arm = (dueAt: number) => setTimeout(work, Math.max(dueAt - performance.now(), 0));
  return (dueAt, act) => {
    waiting.push({ dueAt, act });
    if (waiting.length === 1) dueAt <= performance.now() ? work() : arm(dueAt);
  };
}
