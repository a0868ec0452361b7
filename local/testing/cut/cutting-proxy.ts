import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { describeBurst } from "./describe-burst";

/** `before`: the request is lost with its sender. `after`: it was acted on, and its sender died before the answer reached it. */
export type CutMode = "before" | "after";

export interface Cut {
  /** Which await, counted from 1 over all services. */
  at: number;
  mode: CutMode;
}

/** One time the process under test waited for somebody else. */
export interface Await<S extends string> {
  number: number;
  service: S;
  /** The request's first words, for a person. */
  what: string;
  /** Nothing else was awaited while this was: what came before had been answered, and nothing followed until this was. */
  alone: boolean;
}

export interface CuttingProxy<S extends string> {
  ports: Readonly<Record<S, number>>;
  /** Begins a run: numbers start at 1, connections of earlier runs carry nothing any more. Without a cut it only counts. */
  begin(cut?: Cut & { kill: () => void }): ProxyRun<S>;
  close(): Promise<void>;
}

export interface ProxyRun<S extends string> {
  /** What was awaited so far, in order. */
  readonly awaits: readonly Await<S>[];
  /** The await at which the process was killed. */
  readonly cutAt: Await<S> | undefined;
}

interface Run<S extends string> extends ProxyRun<S> {
  awaits: Await<S>[];
  open: Set<Await<S>>;
  cutAt: Await<S> | undefined;
  cut: (Cut & { kill: () => void }) | undefined;
  sockets: Set<Socket>;
}

/**
 * Stands before services on the loopback address and numbers, in one order over all of them, each burst of a client with the first piece
 * of its answer: every await of a process whose only ways out lead through here. At the chosen number it kills that process, and nothing
 * of the run passes any more, in either direction. It knows bytes only, so the process cannot know of it.
 */
export async function startCuttingProxy<S extends string>(targets: Readonly<Record<S, number>>): Promise<CuttingProxy<S>> {
  let run: Run<S> = freshRun();
  const servers: Server[] = [];
  const ports: Partial<Record<S, number>> = {};
  const names = Object.keys(targets) as S[];
  for (const service of names) {
    const server = createServer((client) => carry(run, service, client, connect(targets[service], "127.0.0.1")));
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
    ports[service] = (server.address() as AddressInfo).port;
    servers.push(server);
  }
  return {
    ports: ports as Record<S, number>,
    begin(cut) {
      drop(run);
      run = freshRun(cut);
      return run;
    },
    async close() {
      drop(run);
      await Promise.all(servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))));
    },
  };
}

function freshRun<S extends string>(cut?: Cut & { kill: () => void }): Run<S> {
  return { awaits: [], open: new Set(), cutAt: undefined, cut, sockets: new Set() };
}

function drop<S extends string>(run: Run<S>): void {
  for (const socket of run.sockets) socket.destroy();
  run.sockets.clear();
}

/** Carries bytes both ways until either side ends or the run is cut. */
function carry<S extends string>(run: Run<S>, service: S, client: Socket, upstream: Socket): void {
  let open: Await<S> | undefined;
  for (const socket of [client, upstream]) {
    run.sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("close", () => run.sockets.delete(socket));
    // A reset says that one side is gone, which its closing says too.
    socket.on("error", () => undefined);
  }
  client.on("data", (chunk: Buffer) => {
    if (run.cutAt) return;
    if (!open) {
      open = begin(run, service, describeBurst(chunk));
      if (isCut(run, open, "before")) return;
    }
    upstream.write(chunk);
  });
  upstream.on("data", (chunk: Buffer) => {
    if (run.cutAt) return;
    const answered = open;
    open = undefined;
    if (answered) run.open.delete(answered);
    if (answered && isCut(run, answered, "after")) return;
    client.write(chunk);
  });
  // Ended, not destroyed: what a process sent before it died still arrives.
  client.on("close", () => upstream.end());
  upstream.on("close", () => {
    // A service that hangs up has answered too.
    if (open) run.open.delete(open);
    if (!run.cutAt && open && isCut(run, open, "after")) return;
    client.end();
  });
}

function begin<S extends string>(run: Run<S>, service: S, what: string): Await<S> {
  for (const other of run.open) other.alone = false;
  const begun = { number: run.awaits.length + 1, service, what, alone: run.open.size === 0 };
  run.awaits.push(begun);
  run.open.add(begun);
  return begun;
}

/** Kills at the chosen await: first the process, then every connection of it. */
function isCut<S extends string>(run: Run<S>, reached: Await<S>, mode: CutMode): boolean {
  if (run.cut?.mode !== mode || run.cut.at !== reached.number) return false;
  run.cutAt = reached;
  run.cut.kill();
  for (const socket of run.sockets) socket.end();
  return true;
}
