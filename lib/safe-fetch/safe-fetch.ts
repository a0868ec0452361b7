import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import { asError } from "@/lib/log";
import { isPublicAddress, literalAddress, publicLookup } from "./public-address";

interface Options {
  /** `host:port` that is reached wherever it is: one that we talk to anyway. */
  trustedHost?: string;
  lookup?: LookupFunction;
  /** From the request to the last byte. */
  timeoutMs?: number;
  maxBytes?: number;
}

export type Fetched = { kind: "fetched"; bytes: Buffer } | { kind: "failed"; why: string };

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 256 * 1024;
const MAX_HEADER_BYTES = 16 * 1024;

/**
 * GETs an address that somebody else chose: http or https, on the open internet, no redirects, nothing of ours sent along. Whatever goes
 * wrong is an answer, never thrown.
 */
export async function safeFetch(address: string, options: Options = {}): Promise<Fetched> {
  const { trustedHost, lookup = publicLookup(), timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES } = options;
  if (!URL.canParse(address)) return { kind: "failed", why: "It is no address" };
  const url = new URL(address);
  const isTrusted = url.host === trustedHost;
  const refused = whyRefused(url, isTrusted);
  if (refused) return { kind: "failed", why: refused };
  try {
    const answer = await get(url, { timeoutMs, ...(isTrusted ? {} : { lookup }) });
    return { kind: "fetched", bytes: await readWithin(answer, maxBytes) };
  } catch (thrown) {
    return { kind: "failed", why: asError(thrown).message };
  }
}

function whyRefused(url: URL, isTrusted: boolean): string | null {
  if (url.protocol !== "http:" && url.protocol !== "https:") return `${url.protocol} is not fetched`;
  if (url.username !== "" || url.password !== "") return "An address with a password is not fetched";
  const literal = literalAddress(url);
  return !isTrusted && literal !== null && !isPublicAddress(literal) ? `${literal} is not on the open internet` : null;
}

function get(url: URL, { timeoutMs, lookup }: { timeoutMs: number; lookup?: LookupFunction }): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === "https:" ? requestHttps : requestHttp)(
      url,
      {
        // A connection of its own: one that is kept was checked for another moment.
        agent: false,
        signal: AbortSignal.timeout(timeoutMs),
        maxHeaderSize: MAX_HEADER_BYTES,
        headers: { accept: "*/*", "accept-encoding": "identity" },
        ...(lookup ? { lookup } : {}),
      },
      resolve,
    );
    request.on("error", reject);
    request.end();
  });
}

async function readWithin(answer: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    if (answer.statusCode !== 200) throw new Error(`It answered with HTTP ${answer.statusCode}`);
    if (Number(answer.headers["content-length"] ?? 0) > maxBytes) throw new Error(`It has more than ${maxBytes} bytes`);
    for await (const chunk of answer) {
      size += chunk.length;
      if (size > maxBytes) throw new Error(`It has more than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
  } finally {
    answer.destroy();
  }
  return Buffer.concat(chunks);
}
