import { connect } from "node:net";
import type { RawData, WebSocket } from "ws";
import { errorText } from "./errors";
import { refusalMessage } from "./refusal-message";

/** Bytes waiting on one side before the other side is asked to hold. */
const HIGH_WATER_BYTES = 4 * 1024 * 1024;

/** Carries bytes between one WebSocket and one connection to PostgreSQL until either ends. */
export function tunnel(webSocket: WebSocket, postgresPort: number, log: (line: string) => void): void {
  const postgres = connect({ host: "127.0.0.1", port: postgresPort, noDelay: true });
  let isConnected = false;
  let isCorked = false;

  webSocket.on("message", (data: RawData) => {
    // The driver sends each protocol message of a query as a frame of its own. Held until the tick ends, they reach
    // PostgreSQL in one write, and wake it once instead of five times.
    if (!isCorked) {
      isCorked = true;
      postgres.cork();
      process.nextTick(() => {
        isCorked = false;
        postgres.uncork();
      });
    }
    postgres.write(toBytes(data));
    if (postgres.writableLength > HIGH_WATER_BYTES) webSocket.pause();
  });
  postgres.on("drain", () => webSocket.resume());

  postgres.on("connect", () => {
    isConnected = true;
  });
  postgres.on("data", (chunk: Buffer) => {
    if (webSocket.readyState !== webSocket.OPEN) return;
    webSocket.send(chunk, { binary: true }, () => {
      if (postgres.isPaused() && webSocket.bufferedAmount <= HIGH_WATER_BYTES) postgres.resume();
    });
    if (webSocket.bufferedAmount > HIGH_WATER_BYTES) postgres.pause();
  });

  postgres.on("error", (error) => {
    log(`The gate lost PostgreSQL: ${errorText(error)}`);
    // Said in PostgreSQL's own words, the driver rejects with an Error and its code instead of a bare Event.
    if (!isConnected && webSocket.readyState === webSocket.OPEN)
      webSocket.send(refusalMessage("57P03", "PostgreSQL is not running."));
  });
  postgres.on("close", () => webSocket.close());
  webSocket.on("error", (error) => log(`The gate lost a client: ${errorText(error)}`));
  webSocket.on("close", () => {
    // Ended, not destroyed: the client's last message may still be held here, and PostgreSQL must see its goodbye.
    postgres.resume();
    postgres.end();
  });
}

function toBytes(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
