import { createServer, type IncomingMessage, type Server } from "node:http";
import { checkpoint } from "../engine/checkpoint";
import type { Engine } from "../engine/engine";
import { parseJson } from "../wire/json";
import { hashedKey, sameText } from "../wire/signature";
import { BodyTooLong, header, json, type Reply, readBody, text } from "./http";
import { postEvents } from "./post-events";
import { register } from "./register";
import { deleteRun, oneRun, runsOfEvent } from "./runs";
import { statusPage } from "./status-page";

const REQUEST_TIMEOUT_MS = 60_000;
const LOCAL_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

export interface ApiOptions {
  engine: Engine;
  eventKey: string;
  onRegistered: (appId: string, modified: boolean) => Promise<void>;
}

/** The HTTP server, not yet listening. */
export function createApi(options: ApiOptions): Server {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS, noDelay: true }, (request, response) => {
    route(options, request)
      .catch((error: unknown): Reply => failure(options.engine, error))
      .then(({ status, contentType, body }) => {
        response.writeHead(status, {
          "content-type": contentType,
          "cache-control": "no-store",
          "x-content-type-options": "nosniff",
        });
        response.end(body);
      });
  });
  return server;
}

async function route(options: ApiOptions, request: IncomingMessage): Promise<Reply> {
  const path = new URL(request.url ?? "/", "http://localhost").pathname;
  const [, first = "", second = "", third = "", fourth = ""] = path.split("/").map(decodeURIComponent);
  const key = `${request.method} /${first}`;
  if (key === "GET /") return page(options.engine, request);
  if (key === "GET /health") return json(200, { status: 200, message: "OK" });
  if (key === "POST /e" && third === "") {
    return postEvents(
      options.engine,
      options.eventKey,
      second,
      await readBody(request),
      header(request, "x-inngest-event-id-seed"),
    );
  }
  if (!isAuthorised(options.engine.signingKey, request)) return text(401, "Authentication failed");
  if (key === "POST /fn" && second === "register") {
    return register(options.engine.pool, request, await readBody(request), options.onRegistered);
  }
  if (first === "v1") return versionOne(options.engine, request, [second, third, fourth]);
  return notFound(request);
}

async function versionOne(engine: Engine, request: IncomingMessage, [noun, id = "", verb]: string[]): Promise<Reply> {
  const key = `${request.method} ${noun}`;
  if (key === "POST checkpoint" && verb === "async") {
    const result = await checkpoint(engine, id, parseJson(await readBody(request)));
    return "error" in result ? json(result.status, { status: result.status, error: result.error }) : text(200, "");
  }
  if (key === "GET events" && verb === "runs") return runsOfEvent(engine.pool, id);
  if (key === "GET runs" && verb === "") return oneRun(engine.pool, id);
  if (key === "DELETE runs" && verb === "") return deleteRun(engine, id);
  return notFound(request);
}

/** The signing key itself or its hash, as production accepts both. */
function isAuthorised(signingKey: string, request: IncomingMessage): boolean {
  const given = /^Bearer (.+)$/.exec(header(request, "authorization") ?? "")?.[1] ?? "";
  return sameText(given, signingKey) || sameText(given, hashedKey(signingKey));
}

/** The page asks for no key, so it answers only to a local name: another site's page must not read it through a name of its own. */
async function page(engine: Engine, request: IncomingMessage): Promise<Reply> {
  if (!LOCAL_HOST.test(header(request, "host") ?? "")) return text(403, "The status page is for 127.0.0.1 only.");
  return { status: 200, contentType: "text/html; charset=utf-8", body: await statusPage(engine) };
}

function notFound(request: IncomingMessage): Reply {
  return json(404, { status: 404, error: `${request.method} ${request.url} is not served by this local Inngest server` });
}

function failure(engine: Engine, error: unknown): Reply {
  if (error instanceof BodyTooLong) return json(413, { status: 413, error: "the body is longer than 16 MiB" });
  if (error instanceof URIError) return json(400, { status: 400, error: "the path is not valid" });
  const message = error instanceof Error ? error.message : String(error);
  engine.log(`a request failed: ${message}`);
  return json(500, { status: 500, error: "the server failed to answer; its log says why" });
}
