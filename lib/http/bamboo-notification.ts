import { wireNotification } from "@/lib/bamboo";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { sameSecret } from "@/lib/seal";
import { assertLimit } from "./limits";
import { parseInput } from "./parse";
import { problemResponse } from "./problem";
import { readJson } from "./read-body";
import { requestIdOf } from "./request-id";
import { ipOf } from "./route";

/** Checks the secret in the body, in constant time, and passes the dispatch's id on. Nothing else of the callback is believed. */
export async function bambooNotification(request: Request, wake: (dispatchId: string) => Promise<unknown>): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  try {
    await assertLimit("callback", ipOf(request.headers) ?? "unknown");
    const { requestId: dispatchId, secretKey } = parseInput(wireNotification, await readJson(request));
    if (!sameSecret(secretKey, env().BAMBOO_NOTIFICATION_SECRET))
      throw new AppError("unauthenticated", "The secret does not match the one that was set.");
    await wake(dispatchId.toLowerCase());
    return new Response(null, { status: 204 });
  } catch (thrown) {
    return problemResponse(thrown, requestId);
  }
}
