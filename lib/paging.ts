import { z } from "zod";
import { AppError } from "./errors";

/** An opaque cursor over the sort key of the last row shown. */
export function encodeCursor(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

/** Throws `invalid_input` on anything that `encodeCursor` did not make with as many parts. */
export function decodeCursor(cursor: string, parts: number): string[] {
  try {
    const decoded: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    return z.array(z.string()).length(parts).parse(decoded);
  } catch (cause) {
    throw new AppError("invalid_input", "The cursor is not one that this list gave out. Start again without it.", {
      fields: [{ path: "cursor", message: "unknown cursor" }],
      cause,
    });
  }
}
