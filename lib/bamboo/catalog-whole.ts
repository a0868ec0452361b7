import type { IncomingMessage } from "node:http";
import { JSONParser } from "@streamparser/json";
import { asError } from "@/lib/log";
import { readBrands, type SupplierBrand } from "./catalog-brand";
import { CATALOG_PAGE_SIZE } from "./catalog-page";
import { type Called, openExchange } from "./request";
import { throttleSeconds } from "./throttle";

/** Two minutes and more were seen. Less than what takes a reader for dead. */
const TIMEOUT_MS = 240_000;
const MAX_BODY_BYTES = 200 * 1024 * 1024;
const MAX_REFUSAL_CHARS = 10_000;

export type WholeAnswer =
  /** Read to the end of its text; `batches` of brands were taken. */
  { kind: "whole"; batches: number } | { kind: "throttled"; waitSeconds: number } | { kind: "unclear"; cause: string };

export type TakeBrands = (batch: number, brands: SupplierBrand[]) => Promise<unknown>;

/** What `take` threw: the supplier is not to blame, and the call is noted before it is thrown on. */
interface Taken {
  failure: Error | null;
}

/** The v1 catalogue: one answer with everything, taken in batches of brands as they arrive, so that it is never in memory as a whole. */
export async function getWholeCatalog(take: TakeBrands): Promise<{ answer: WholeAnswer } & Taken & Called> {
  const startedAt = performance.now();
  const taken: Taken = { failure: null };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  let httpStatus: number | null = null;
  // The whole says nothing of how long another call needs: its way is kept out of what is learned.
  const done = (answer: WholeAnswer) => ({
    answer,
    ...taken,
    httpStatus,
    durationMs: Math.round(performance.now() - startedAt),
    wayMs: null,
  });
  try {
    const response = await openExchange({ method: "GET", path: "/api/integration/v1.0/catalog", signal });
    httpStatus = response.statusCode ?? 0;
    if (httpStatus === 200) return done(await readWhole(response, take, taken));
    const body = await readRefusal(response);
    if (httpStatus !== 429) return done({ kind: "unclear", cause: `HTTP ${httpStatus}` });
    return done({ kind: "throttled", waitSeconds: throttleSeconds(response.headers["retry-after"] ?? null, body) });
  } catch (thrown) {
    const error = asError(signal.aborted ? signal.reason : thrown);
    return done({ kind: "unclear", cause: `${error.name}: ${error.message}` });
  }
}

async function readWhole(response: IncomingMessage, take: TakeBrands, taken: Taken): Promise<WholeAnswer> {
  const waiting: unknown[] = [];
  const parser = new JSONParser({ paths: ["$.brands.*"], keepStack: false });
  parser.onValue = ({ value }) => waiting.push(value);
  let [size, batches] = [0, 0];
  const takeBatch = async (): Promise<string | null> => {
    const read = readBrands(waiting.splice(0, CATALOG_PAGE_SIZE));
    if (!read.ok) return read.why;
    try {
      await take(batches, read.brands);
    } catch (thrown) {
      taken.failure = asError(thrown);
      return "what was read could not be written";
    }
    batches += 1;
    return null;
  };
  for await (const chunk of response) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) return { kind: "unclear", cause: `the answer is larger than ${MAX_BODY_BYTES} bytes` };
    parser.write(chunk);
    while (waiting.length >= CATALOG_PAGE_SIZE) {
      const why = await takeBatch();
      if (why) return { kind: "unclear", cause: why };
    }
  }
  if (!parser.isEnded) return { kind: "unclear", cause: "the answer ended in the middle" };
  if (batches === 0 && waiting.length === 0) return { kind: "unclear", cause: "the answer has no brands" };
  const why = waiting.length > 0 ? await takeBatch() : null;
  return why ? { kind: "unclear", cause: why } : { kind: "whole", batches };
}

async function readRefusal(response: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of response) {
    text += chunk.toString();
    if (text.length > MAX_REFUSAL_CHARS) break;
  }
  return text;
}
