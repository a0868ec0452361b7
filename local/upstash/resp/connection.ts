import { connect, type Socket } from "node:net";
import type { Bytes } from "../engine/bytes";
import type { Reply } from "../engine/reply";
import { parseReply } from "./parse-reply";

const MAX_WAITING = 20_000;
const MAX_BUFFERED_BYTES = 64 * 1024 * 1024;
const SILENCE_TIMEOUT_MS = 10_000;

export type Command = readonly Bytes[];

export interface RedisAddress {
  host: string;
  port: number;
  /** Sent first on each new connection: AUTH and SELECT. */
  greeting: readonly Command[];
}

interface Waiting {
  resolve: (reply: Reply) => void;
  reject: (error: Error) => void;
}

/** One connection to a redis-server, made when first needed and again after it broke. Replies come in order. */
export class RedisConnection {
  private socket: Socket | undefined;
  private received: Buffer = Buffer.alloc(0);
  private waiting: Waiting[] = [];

  constructor(private readonly address: RedisAddress) {}

  /** Sends commands in one write, so nothing comes between them; rejects if the connection is lost before a reply. */
  send(commands: readonly Command[]): Promise<Reply[]> {
    if (this.waiting.length + commands.length > MAX_WAITING) {
      return Promise.reject(new Error(`More than ${MAX_WAITING} commands wait for redis-server; send fewer at once`));
    }
    const socket = this.open();
    const replies = commands.map(() => this.nextReply());
    socket.write(commands.map(encode).join(""), "latin1");
    return Promise.all(replies);
  }

  close(): void {
    this.socket?.destroy();
    this.fail(new Error("The connection to redis-server was closed"));
  }

  private nextReply(): Promise<Reply> {
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  private open(): Socket {
    if (this.socket) return this.socket;
    const { host, port, greeting } = this.address;
    const socket = connect({ host, port, noDelay: true });
    this.socket = socket;
    this.received = Buffer.alloc(0);
    socket.on("data", (chunk) => this.receive(socket, chunk));
    socket.on("error", (error) => this.drop(socket, error));
    socket.on("close", () => this.drop(socket, new Error("redis-server closed the connection")));
    socket.setTimeout(SILENCE_TIMEOUT_MS, () => {
      if (this.waiting.length > 0) socket.destroy(new Error(`redis-server was silent for ${SILENCE_TIMEOUT_MS} ms`));
    });
    for (const command of greeting) {
      // A lost connection is told to the commands behind the greeting; the greeting itself has no caller.
      const ignoreLoss = () => undefined;
      this.waiting.push({ resolve: (reply) => this.checkGreeting(socket, reply), reject: ignoreLoss });
      socket.write(encode(command), "latin1");
    }
    return socket;
  }

  private checkGreeting(socket: Socket, reply: Reply): void {
    if (reply instanceof Error)
      socket.destroy(new Error(`redis-server refused REDIS_URL's password or database: ${reply.message}`));
  }

  private receive(socket: Socket, chunk: Buffer): void {
    if (socket !== this.socket) return;
    this.received = this.received.length === 0 ? chunk : Buffer.concat([this.received, chunk]);
    try {
      this.deliver();
      if (this.received.length > MAX_BUFFERED_BYTES)
        throw new Error(`A reply of redis-server passed ${MAX_BUFFERED_BYTES} bytes`);
    } catch (error) {
      socket.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private deliver(): void {
    let at = 0;
    while (at < this.received.length) {
      const parsed = parseReply(this.received, at);
      if (!parsed) break;
      at = parsed.next;
      this.waiting.shift()?.resolve(parsed.reply);
    }
    this.received = this.received.subarray(at);
  }

  private drop(socket: Socket, error: Error): void {
    if (socket !== this.socket) return;
    this.socket = undefined;
    this.fail(error);
  }

  private fail(error: Error): void {
    const lost = this.waiting;
    this.waiting = [];
    for (const { reject } of lost) reject(error);
  }
}

function encode(command: Command): string {
  return `*${command.length}\r\n${command.map((word) => `$${word.length}\r\n${word}\r\n`).join("")}`;
}
