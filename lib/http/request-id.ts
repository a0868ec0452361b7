import { newId } from "@/lib/ids";

const ACCEPTABLE = /^[\w-]{8,64}$/;

/** The caller's own id where it is a sane one, so that both sides can find the request in their logs. */
export function requestIdOf(headers: Headers): string {
  const given = headers.get("x-request-id");
  return given && ACCEPTABLE.test(given) ? given : newId();
}
