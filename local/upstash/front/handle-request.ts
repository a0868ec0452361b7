import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Backend } from "../engine/backend";
import { RedisError } from "../engine/reply";
import { type Commands, commandFromPath, parseCommand, parseCommands, readBody } from "./read-request";
import { errorJson, replyJson } from "./reply-json";

const METHODS = ["GET", "HEAD", "POST", "PUT"];

export interface FrontOptions {
  backend: Backend;
  token: string;
  log: (line: string) => void;
}

interface Answer {
  status: number;
  body: string;
}

/** Answers Upstash's REST requests: one command, `/pipeline`, `/multi-exec`, or a command in the path. */
export function createHandler(options: FrontOptions): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const tokenDigest = digest(options.token);
  let served = 0;
  return async (request, response) => {
    const answer = await answerRequest(request, options, tokenDigest);
    served += 1;
    if (response.destroyed) return;
    response.writeHead(answer.status, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(answer.body),
      "upstash-sync-token": `local=${served.toString(36)}`,
    });
    response.end(request.method === "HEAD" ? undefined : answer.body);
  };
}

async function answerRequest(request: IncomingMessage, options: FrontOptions, tokenDigest: Buffer): Promise<Answer> {
  try {
    const url = new URL(request.url ?? "/", "http://local");
    const body = await readBody(request);
    if (!isAllowed(request, url, tokenDigest)) {
      return { status: 401, body: errorJson("WRONGPASS invalid or missing auth token") };
    }
    if (!METHODS.includes(request.method ?? "")) {
      return { status: 405, body: errorJson("ERR method not allowed: use GET, HEAD, POST or PUT") };
    }
    return await run(url, body, request.headers["upstash-encoding"] === "base64", options.backend);
  } catch (error) {
    if (error instanceof RedisError) return { status: 400, body: errorJson(error.message) };
    if (request.destroyed && !request.complete) return { status: 400, body: errorJson("ERR the request was cut") };
    options.log(`The local Upstash failed on a request: ${error instanceof Error ? error.stack : String(error)}`);
    return { status: 500, body: errorJson("ERR internal error: see the log of the local Upstash") };
  }
}

function isAllowed(request: IncomingMessage, url: URL, tokenDigest: Buffer): boolean {
  const header = /^bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const given = header ?? url.searchParams.get("_token") ?? "";
  return timingSafeEqual(digest(given), tokenDigest);
}

/** Digests have one length, which the comparison in constant time needs. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

async function run(url: URL, body: Buffer, base64: boolean, backend: Backend): Promise<Answer> {
  if (url.pathname === "/pipeline") return many(await pipeline(parseCommands(body), backend, base64));
  if (url.pathname === "/multi-exec") {
    const replies = await backend.transaction(parseCommands(body));
    return many(replies.map((reply) => replyJson(reply, base64)));
  }
  const command = url.pathname === "/" ? parseCommand(body) : commandFromPath(url, body);
  const reply = await backend.execute(command);
  return { status: reply instanceof RedisError ? 400 : 200, body: replyJson(reply, base64) };
}

async function pipeline(commands: Commands, backend: Backend, base64: boolean): Promise<string[]> {
  const replies = commands.map((command) => backend.execute(command));
  return (await Promise.all(replies)).map((reply) => replyJson(reply, base64));
}

function many(answers: readonly string[]): Answer {
  return { status: 200, body: `[${answers.join(",")}]` };
}
