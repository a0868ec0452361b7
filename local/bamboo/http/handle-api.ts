import type { IncomingMessage, ServerResponse } from "node:http";
import type { Act } from "../faults/acts";
import { type MagicProduct, magicOf } from "../magic";
import { namesIn } from "../orders/checkout-body";
import { endpoints } from "../routes/endpoints";
import type { Sandbox } from "../sandbox";
import { refuseCaller } from "./auth";
import type { Endpoint } from "./endpoint";
import { CUT, cutInside, strikeAfter, strikeBefore, unavailable } from "./faults";
import { lowerKeys, parseJson, readBody } from "./read-body";
import { problem, type Reply } from "./reply";
import { send } from "./send";
import { tooMany } from "./too-many";

type Outcome = Reply | typeof CUT | { cutInside: Reply };

interface Request {
  request: IncomingMessage;
  url: URL;
  arrivedAtMs: number;
}

/** Answers one call to the supplier's API: caller, limits, faults, the endpoint, faults again. */
export async function handleApi(sandbox: Sandbox, call: Request, response: ServerResponse): Promise<void> {
  if (sandbox.modes.down === "cut") return void response.destroy();
  const found = findEndpoint(call.request.method ?? "GET", call.url.pathname);
  const names = { requestId: null as string | null };
  const outcome = sandbox.modes.down === "unavailable" ? unavailable() : await decide(sandbox, call, found, names);
  const { latencyMs, jitterMs } = sandbox.modes;
  if (latencyMs > 0 || jitterMs > 0) await sandbox.clock.wait(latencyMs + sandbox.random() * jitterMs);
  if (found)
    sandbox.stats.note({
      atMs: call.arrivedAtMs,
      endpoint: found.endpoint.name,
      status: statusOf(outcome),
      requestId: names.requestId,
    });
  if (outcome === CUT) response.destroy();
  else if ("cutInside" in outcome) cutInside(response, outcome.cutInside);
  else send(response, outcome);
}

function statusOf(outcome: Outcome): number {
  return outcome === CUT || "cutInside" in outcome ? 0 : outcome.status;
}

type Found = { endpoint: Endpoint; params: string[] } | null;

function findEndpoint(method: string, path: string): Found {
  for (const endpoint of endpoints) {
    const match = endpoint.method === method ? endpoint.path.exec(path) : null;
    if (match) return { endpoint, params: match.slice(1).map(decodePart) };
  }
  return null;
}

async function decide(sandbox: Sandbox, call: Request, found: Found, names: { requestId: string | null }): Promise<Outcome> {
  const refused = refuseCaller(call.request.headers.authorization, sandbox.options, sandbox.modes);
  if (refused) return refused;
  if (!found) return problem(404, "Not Found");
  const { endpoint, params } = found;
  const limited = sandbox.limiter.admit(sandbox.options.clientId, endpoint.name, call.arrivedAtMs);
  if (limited) return tooMany(limited.waitSeconds, sandbox.modes);
  const text = endpoint.method === "POST" ? await readBody(call.request) : "";
  if (text === null) return CUT;
  const body = lowerKeys(parseJson(text));
  const named =
    endpoint.method === "POST" ? namesIn(body, sandbox.world.catalog) : { productIds: [], requestId: params[0] ?? null };
  names.requestId = named.requestId;
  const overProduct = sandbox.limiter.admitProducts(sandbox.options.clientId, endpoint.name, named.productIds, call.arrivedAtMs);
  if (overProduct) return tooMany(overProduct.waitSeconds, sandbox.modes);
  const ruled = sandbox.faults.strike({ endpoint: endpoint.name, ...named });
  const magic = isRepeat(sandbox, named.requestId) ? [] : named.productIds.flatMap((id) => magicOf(id) ?? []);
  const struck = await strikeBefore(sandbox, [...ruled, ...actsBefore(sandbox, magic, named.requestId)], named.productIds);
  if (struck !== null) return struck;
  const reply = endpoint.answer({ sandbox, params, query: lookup(call.url), body, arrivedAtMs: call.arrivedAtMs, acts: ruled });
  return reply.status === 200 ? strikeAfter(sandbox, [...ruled, ...magic.flatMap((entry) => entry.acts)], reply) : reply;
}

/** What magic products do before a new order is accepted; some do it once for each RequestId. */
function actsBefore(sandbox: Sandbox, magic: readonly MagicProduct[], requestId: string | null): Act[] {
  return magic.flatMap((entry) => (entry.firstTimeOnly && !sandbox.firstTime(`${entry.id} ${requestId}`) ? [] : entry.acts));
}

/** A checkout whose order exists is told so, whatever its magic products do to a new one. */
function isRepeat(sandbox: Sandbox, requestId: string | null): boolean {
  return requestId !== null && sandbox.world.state.orders.has(requestId.toLowerCase());
}

function lookup(url: URL): (name: string) => string | null {
  const values = new Map([...url.searchParams].map(([name, value]) => [name.toLowerCase(), value]));
  return (name) => values.get(name.toLowerCase()) || null;
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // Not an encoded part: it names nothing we know, and is answered as such.
  }
}
