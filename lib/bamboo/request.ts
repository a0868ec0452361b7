import { env } from "@/lib/env";
import { asError } from "@/lib/log";

/** One HTTP exchange with Bamboo. Everything that can go wrong is a value, since silence and refusal mean different things for money. */
export type Exchange =
  | { kind: "answer"; status: number; body: string; json: unknown; retryAfter: string | null; durationMs: number }
  /** Nothing readable came back: the request may or may not have been acted on. */
  | { kind: "silence"; cause: string; durationMs: number };

const MAX_BODY_BYTES = 32 * 1024 * 1024;

interface Request {
  method: "GET" | "POST";
  path: string;
  body?: string;
  timeoutMs: number;
}

export async function exchange({ method, path, body, timeoutMs }: Request): Promise<Exchange> {
  const startedAt = performance.now();
  const elapsed = () => Math.round(performance.now() - startedAt);
  try {
    const response = await fetch(new URL(path, env().BAMBOO_BASE_URL), {
      method,
      headers: {
        authorization: authorization(),
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body }),
      redirect: "manual",
      cache: "no-store",
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await readBounded(response);
    return {
      kind: "answer",
      status: response.status,
      body: text,
      json: parseJson(text),
      retryAfter: response.headers.get("retry-after"),
      durationMs: elapsed(),
    };
  } catch (thrown) {
    const error = asError(thrown);
    const inner = error.cause instanceof Error ? `: ${error.cause.message}` : "";
    return { kind: "silence", cause: `${error.name}: ${error.message}${inner}`, durationMs: elapsed() };
  }
}

function authorization(): string {
  return `Basic ${Buffer.from(`${env().BAMBOO_CLIENT_ID}:${env().BAMBOO_CLIENT_SECRET}`).toString("base64")}`;
}

async function readBounded(response: Response): Promise<string> {
  if (!response.body) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) throw new Error(`Bamboo's answer is larger than ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Undefined where the text is no JSON: HTML from a gateway, or an answer cut short. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
