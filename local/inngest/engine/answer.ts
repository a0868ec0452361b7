import { isObject, type Json, type JsonObject, parseJson } from "../wire/json";
import { verify } from "../wire/signature";

export interface Op {
  op: string;
  id: string;
  name: string;
  displayName: string;
  opts: JsonObject;
  data: Json;
  error: Json;
}

/** What came back over HTTP. */
export interface HttpAnswer {
  status: number;
  headers: Readonly<Record<string, string | undefined>>;
  body: string;
}

/** What an app said to a call. `retryAfter` is the header as it came; `final` means the SDK forbids another try. */
export type Answer = { sdkVersion?: number } & (
  | { kind: "ops"; ops: Op[]; retryAfter: string | undefined; final: boolean }
  | { kind: "done"; output: Json }
  | { kind: "failed"; error: Json; retryAfter: string | undefined; final: boolean }
);

const BODY_SHOWN = 200;

/** Reads an HTTP answer. Whatever does not carry the SDK's mark and our signature is a failure that may be tried again. */
export function readAnswer(http: HttpAnswer, signingKey: string, nowMs: number): Answer {
  const { status, headers, body } = http;
  if (headers["x-inngest-sdk"] === undefined) return foreign(http, "it has no x-inngest-sdk header, so it is not from the SDK");
  if (!verify(body, headers["x-inngest-signature"], signingKey, nowMs)) {
    return foreign(http, "its signature does not match, so the app may use another signing key");
  }
  const json = parseJson(body);
  const sdkVersion = Number(headers["x-inngest-req-version"] ?? Number.NaN);
  const common = {
    ...(Number.isInteger(sdkVersion) ? { sdkVersion } : {}),
    retryAfter: headers["retry-after"],
    final: headers["x-inngest-no-retry"] === "true",
  };
  if (json === undefined) return foreign(http, "its body is not JSON");
  if (status === 200) return { ...common, kind: "done", output: json };
  if (status === 206) return { ...common, kind: "ops", ops: (Array.isArray(json) ? json : [json]).map(readOp) };
  return { ...common, kind: "failed", error: json };
}

/** The failure of a call that got no answer of the SDK. */
export function failedCall(name: string, message: string): Answer {
  return { kind: "failed", error: { name, message, stack: "" }, retryAfter: undefined, final: false };
}

export function readOp(value: Json): Op {
  const op = isObject(value) ? value : {};
  const text = (entry: Json | undefined) => (typeof entry === "string" ? entry : "");
  return {
    op: text(op.op),
    id: text(op.id),
    name: text(op.name),
    displayName: text(op.displayName) || text(op.name) || text(op.id),
    opts: isObject(op.opts) ? op.opts : {},
    data: op.data ?? null,
    error: op.error ?? null,
  };
}

function foreign({ status, body }: HttpAnswer, why: string): Answer {
  return failedCall("InvalidAnswer", `The app answered ${status} but ${why}. It began: ${body.slice(0, BODY_SHOWN)}`);
}
