import { createServer, type Socket } from "node:net";
import { Engine } from "../engine/engine";
import { RedisError, type Reply, Status } from "../engine/reply";
import { parseReply } from "../resp/parse-reply";

export interface RespPeer {
  url: string;
  /** Cuts every connection, as a restarted redis-server does. */
  cut(): void;
  stop(): Promise<void>;
}

/** The engine in memory behind the RESP protocol, so that the RESP client is tested over a real socket. */
export async function startRespPeer(): Promise<RespPeer> {
  const engine = new Engine();
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    serve(socket, engine);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No TCP port");
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `redis://127.0.0.1:${address.port}`,
    cut,
    stop: () => {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function serve(socket: Socket, engine: Engine): void {
  let received: Buffer = Buffer.alloc(0);
  let queued: string[][] | undefined;
  const answer = (command: string[]): Reply => {
    const name = command[0]?.toUpperCase();
    if (name === "MULTI") {
      queued = [];
      return new Status("OK");
    }
    if (name === "EXEC" && queued) {
      const commands = queued;
      queued = undefined;
      return execute(engine, commands);
    }
    if (!queued) return engine.execute(command);
    queued.push(command);
    return new Status("QUEUED");
  };
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk) => {
    received = Buffer.concat([received, chunk]);
    for (let parsed = parseReply(received, 0); parsed; parsed = parseReply(received, 0)) {
      received = received.subarray(parsed.next);
      const words = Array.isArray(parsed.reply) ? parsed.reply.map(String) : [];
      writeSlowly(socket, encode(answer(words)));
    }
  });
}

function execute(engine: Engine, commands: string[][]): Reply {
  try {
    return engine.transaction(commands);
  } catch (error) {
    if (error instanceof RedisError) return error;
    throw error;
  }
}

/** Replies come in two pieces, as they may on a real network. */
function writeSlowly(socket: Socket, text: string): void {
  const half = Math.floor(text.length / 2);
  socket.write(text.slice(0, half), "latin1");
  socket.write(text.slice(half), "latin1");
}

function encode(reply: Reply): string {
  if (reply === null) return "$-1\r\n";
  if (typeof reply === "string") return `$${reply.length}\r\n${reply}\r\n`;
  if (typeof reply === "number" || typeof reply === "bigint") return `:${reply}\r\n`;
  if (reply instanceof Status) return `+${reply.text}\r\n`;
  if (reply instanceof RedisError) return `-${reply.message}\r\n`;
  return `*${reply.length}\r\n${reply.map(encode).join("")}`;
}
