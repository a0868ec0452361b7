import { signIn } from "@/lib/auth";
import { assertLimit } from "./limits";
import { problemResponse } from "./problem";
import { requestIdOf } from "./request-id";
import { ipOf } from "./route";

/** Hands sign-in, sign-out and session to the sign-in library, with guessing limited per address. */
export async function signInRoute(request: Request): Promise<Response> {
  const requestId = requestIdOf(request.headers);
  try {
    if (request.method === "POST" && new URL(request.url).pathname.includes("/sign-in/"))
      await assertLimit("signIn", ipOf(request.headers) ?? "unknown");
    return await signIn().handler(request);
  } catch (thrown) {
    return problemResponse(thrown, requestId);
  }
}
