import { LRUCache } from "lru-cache";

/** The browser keeps the answer and asks each time whether it still holds; nobody between keeps it at all. */
const KEPT = "private, no-cache";
/** Of answers in this process. */
const MAX_BYTES = 16 * 1024 * 1024;

const made = new LRUCache<string, string>({ maxSize: MAX_BYTES, sizeCalculation: (body, tag) => body.length + tag.length });

/**
 * Answers 304 without making the answer where the caller already has it, and from memory where this process has. `tagOf` names the answer
 * to a path and query: the same name is the same answer, byte for byte, so the name must follow from all that the answer follows from, the
 * caller included.
 */
export async function conditional(
  request: Request,
  tagOf: (asked: string) => string,
  make: () => Promise<string>,
): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const tag = tagOf(pathname + search);
  const headers = { etag: `"${tag}"`, "cache-control": KEPT, vary: "cookie, authorization" };
  if (namesIt(request.headers.get("if-none-match"), headers.etag)) return new Response(null, { status: 304, headers });
  const body = made.get(tag) ?? (await make());
  made.set(tag, body);
  return new Response(body, { headers: { ...headers, "content-type": "application/json" } });
}

/** Compared weakly, as RFC 9110 asks of this header: what lies between may have compressed the answer and said so. */
function namesIt(ifNoneMatch: string | null, etag: string): boolean {
  return ifNoneMatch?.split(",").some((name) => name.trim().replace(/^W\//, "") === etag) ?? false;
}
