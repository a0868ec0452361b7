import type { ServerResponse } from "node:http";
import type { Act } from "../faults/acts";
import { forcedRejection } from "../orders/forced-rejection";
import type { Sandbox } from "../sandbox";
import { html, json, type Reply } from "./reply";
import { tooMany } from "./too-many";

/** The line is cut: there is no answer. */
export const CUT = "cut";

const serverErrorPage = "<!DOCTYPE html><html><head><title>500</title></head><body><h1>Internal Server Error</h1></body></html>";
const unavailablePage =
  "<html><head><title>503 Service Temporarily Unavailable</title></head><body><center><h1>503</h1></center></body></html>";

/** What the faults do before the call is acted on: an answer in its stead, a cut, or nothing but a delay. */
export async function strikeBefore(
  sandbox: Sandbox,
  acts: readonly Act[],
  productIds: readonly number[],
): Promise<Reply | typeof CUT | null> {
  for (const act of acts) {
    if (act.kind === "slowBefore") await sandbox.clock.wait(act.delayMs);
    if (act.kind === "cutBefore") return CUT;
    if (act.kind === "tooMany") return tooMany(act.waitSeconds, sandbox.modes);
    if (act.kind === "reject") return forcedRejection(sandbox, act, productIds);
    if (act.kind === "failBefore") return failure(act.status, act.body);
  }
  return null;
}

/** What they do to the answer of a call that was acted on. */
export async function strikeAfter(
  sandbox: Sandbox,
  acts: readonly Act[],
  reply: Reply,
): Promise<Reply | typeof CUT | { cutInside: Reply }> {
  for (const act of acts) {
    if (act.kind === "slowAfter") await sandbox.clock.wait(act.delayMs);
    if (act.kind === "cutAfter") return act.midBody ? { cutInside: reply } : CUT;
    if (act.kind === "failAfter") return failure(act.status ?? 500, act.body);
    if (act.kind === "garbageAfter") return { ...reply, body: `<!-- ${String(reply.body).slice(0, 9)}` };
  }
  return reply;
}

/** Sends the head and half of the body, then cuts. */
export function cutInside(response: ServerResponse, reply: Reply): void {
  const body = Buffer.from(reply.body);
  response.writeHead(reply.status, { "content-type": reply.contentType, "content-length": body.length });
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
}

export function unavailable(): Reply {
  return html(503, unavailablePage);
}

function failure(status: number, body: string | undefined): Reply {
  if (body === undefined)
    return status === 500 ? html(500, serverErrorPage) : html(status, unavailablePage.replaceAll("503", String(status)));
  return body.startsWith("{") ? { ...json(status, {}), body } : html(status, body);
}
