import { randomInt } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { writeDurably } from "./write-durably";

export const PORT_NAMES = ["portal", "postgres", "gate", "upstash", "inngest", "bamboo"] as const;
export type PortName = (typeof PORT_NAMES)[number];
export type Ports = Record<PortName, number>;

const kept = z.partialRecord(z.enum(PORT_NAMES), z.number().int().min(1).max(65_535));

const PORTAL_PORT = 3000;
/** Below the ports that the system lends to outgoing calls, so that none of those sits on ours at the next start. */
const FIRST_PORT = 20_000;
const LAST_PORT = 31_999;
const MAX_TRIES = 200;
const CONNECT_TIMEOUT_MS = 300;
/** After a crash the last holder of a kept port may be just on its way out; for all ports together this long is waited for it. */
const LEAVING_WAIT_MS = 1_500;
const POLL_MS = 50;

/**
 * The ports of this start: those of the last one where they are free, so that addresses stay, else new ones; kept in `ports.json`.
 * `portalPort` asks for the portal's by number (0: any); a number that is taken is refused, since whoever asked waits there.
 */
export async function choosePorts(dataDir: string, portalPort?: number): Promise<Ports> {
  const path = join(dataDir, "ports.json");
  const before = readKept(path);
  const taken = new Set<number>();
  const deadline = Date.now() + LEAVING_WAIT_MS;
  const claim = async (keptPort: number | undefined, otherwise?: number): Promise<number> => {
    if (keptPort !== undefined && !taken.has(keptPort) && (await becomesFree(keptPort, deadline))) return keptPort;
    return otherwise !== undefined && (await isFree(otherwise)) ? otherwise : freePort(taken);
  };
  const chosen = new Map<PortName, number>();
  for (const name of PORT_NAMES) {
    const port = name === "portal" ? await claimPortal(claim, before.portal, portalPort) : await claim(before[name]);
    taken.add(port);
    chosen.set(name, port);
  }
  const ports = z.record(z.enum(PORT_NAMES), z.number()).parse(Object.fromEntries(chosen));
  if (PORT_NAMES.some((name) => ports[name] !== before[name])) writeDurably(path, `${JSON.stringify(ports, undefined, 2)}\n`);
  return ports;
}

type Claim = (keptPort: number | undefined, otherwise?: number) => Promise<number>;

async function claimPortal(claim: Claim, before?: number, asked?: number): Promise<number> {
  if (asked === undefined) return claim(before, PORTAL_PORT);
  if (asked === 0) return claim(before);
  if (await becomesFree(asked, Date.now() + LEAVING_WAIT_MS)) return asked;
  throw new Error(
    `Port ${asked} (PORT) is taken by another program. Stop that one, or choose another: PORT=${asked + 1} npm start`,
  );
}

async function becomesFree(port: number, deadline: number): Promise<boolean> {
  for (;;) {
    if (await isFree(port)) return true;
    if (Date.now() >= deadline) return false;
    await sleep(POLL_MS);
  }
}

/** Ports are no treasure: a record that cannot be read is made anew. */
function readKept(path: string): Partial<Ports> {
  if (!existsSync(path)) return {};
  try {
    return kept.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    console.warn(`${path} cannot be read (${error instanceof Error ? error.message : error}); choosing new ports.`);
    return {};
  }
}

/** A port on 127.0.0.1 that nobody listens on and that is not in `taken`. */
export async function freePort(taken: ReadonlySet<number> = new Set()): Promise<number> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const port = randomInt(FIRST_PORT, LAST_PORT + 1);
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  throw new Error(
    `No free port found between ${FIRST_PORT} and ${LAST_PORT} in ${MAX_TRIES} tries. Stop programs that hold them.`,
  );
}

/** Asks twice, by connecting and by listening: some systems let one listen on 127.0.0.1 beside a listener on every address. */
export async function isFree(port: number): Promise<boolean> {
  return !(await answers(port)) && (await canListen(port));
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1", timeout: CONNECT_TIMEOUT_MS });
    const done = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.once("connect", () => done(true));
    socket.once("error", () => done(false));
    socket.once("timeout", () => done(false));
  });
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}
