import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { sameSecret } from "../http/auth";
import { parseJson, readBody } from "../http/read-body";
import { json, type Reply } from "../http/reply";
import { send } from "../http/send";
import type { Sandbox } from "../sandbox";
import { controlRoutes } from "./routes";

/** Answers a call to the control surface: bearer token, route, body. */
export async function handleControl(
  sandbox: Sandbox,
  request: IncomingMessage,
  url: URL,
  response: ServerResponse,
): Promise<void> {
  if (!sameSecret(request.headers.authorization ?? "", `Bearer ${sandbox.options.controlToken}`)) {
    return send(response, json(401, { error: "Send the control token as a bearer token." }));
  }
  const path = url.pathname.slice("/_control".length);
  const route = controlRoutes.find((entry) => entry.method === request.method && entry.path.test(path));
  if (!route) return send(response, json(404, { error: `There is no ${request.method} ${path} on the control surface.` }));
  const text = await readBody(request);
  if (text === null) return void response.destroy();
  const params = route.path.exec(path)?.slice(1) ?? [];
  send(
    response,
    answer(() => route.answer({ sandbox, params, query: url.searchParams, body: parseJson(text) })),
  );
}

function answer(run: () => Reply): Reply {
  try {
    return run();
  } catch (error) {
    if (error instanceof z.ZodError) return json(400, { error: z.prettifyError(error) });
    throw error;
  }
}
