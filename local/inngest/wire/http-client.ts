import { setMaxListeners } from "node:events";
import http from "node:http";
import https from "node:https";
import type { HttpAnswer } from "../engine/answer";

const MAX_SOCKETS = 256;
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

export interface HttpRequest {
  url: string;
  method: "POST" | "PUT";
  headers: Record<string, string>;
  body: string;
  /** From the first byte sent to the last received. */
  timeoutMs: number;
}

/** A client with kept-alive connections. Rejects on a refused, cut or overlong exchange; any status is an answer. */
export class HttpClient {
  private readonly plain = new http.Agent({ keepAlive: true, maxSockets: MAX_SOCKETS, noDelay: true });
  private readonly secure = new https.Agent({ keepAlive: true, maxSockets: MAX_SOCKETS, noDelay: true });
  private readonly stop = new AbortController();

  constructor() {
    // One listener for each call under way, which are bounded elsewhere.
    setMaxListeners(0, this.stop.signal);
  }

  async send(request: HttpRequest): Promise<HttpAnswer> {
    try {
      return await this.exchange(request);
    } catch (error) {
      // The other side closed an idle connection just as we used it: nothing was read, so it is safe to ask on a new one.
      if (error instanceof StaleSocket) return this.exchange(request);
      throw error;
    }
  }

  /** Cuts everything under way and closes all connections. */
  close(): void {
    this.stop.abort(new Error("the server is stopping"));
    this.plain.destroy();
    this.secure.destroy();
  }

  private exchange({ url, method, headers, body, timeoutMs }: HttpRequest): Promise<HttpAnswer> {
    const secure = url.startsWith("https:");
    return new Promise((resolve, reject) => {
      const signal = this.stop.signal;
      const request = (secure ? https : http).request(url, {
        method,
        agent: secure ? this.secure : this.plain,
        headers: { ...headers, "content-length": Buffer.byteLength(body) },
        signal,
      });
      const timer = setTimeout(() => request.destroy(new Error(`the app did not answer within ${timeoutMs} ms`)), timeoutMs);
      request.once("close", () => clearTimeout(timer));
      request.once("error", (error: NodeJS.ErrnoException) => {
        const stale = request.reusedSocket && (error.code === "ECONNRESET" || error.code === "EPIPE");
        reject(stale ? new StaleSocket() : error);
      });
      request.once("response", (response) => {
        readBody(response).then(
          (text) => resolve({ status: response.statusCode ?? 0, headers: flatten(response.headers), body: text }),
          reject,
        );
      });
      request.end(body);
    });
  }
}

class StaleSocket extends Error {}

async function readBody(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    const part = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    bytes += part.length;
    if (bytes > MAX_ANSWER_BYTES) {
      response.destroy();
      throw new Error(`the answer of the app is longer than ${MAX_ANSWER_BYTES} bytes`);
    }
    chunks.push(part);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function flatten(headers: http.IncomingHttpHeaders): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]));
}
