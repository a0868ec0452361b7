import { AppError } from "@/lib/errors";

const MAX_BODY_BYTES = 256 * 1024;

/** The JSON body. Throws `body_too_large` or `malformed_request`. */
export async function readJson(request: Request): Promise<unknown> {
  const text = await readText(request);
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch (cause) {
    throw new AppError("malformed_request", "The body is not valid JSON. Check quotes and commas.", { cause });
  }
}

const readText = async (request: Request): Promise<string> => (await readBytes(request)).toString("utf8");

/** The body as it came, for a signature over its bytes. Throws `body_too_large`. */
export async function readBytes(request: Request): Promise<Buffer> {
  if (!request.body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES)
      throw new AppError("body_too_large", `The body is larger than ${MAX_BODY_BYTES / 1024} KiB. Send less at once.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
