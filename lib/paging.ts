import { z } from "zod";
import { AppError } from "./errors";

/** An opaque cursor over the sort key of the last row shown. */
export function encodeCursor(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

/** What a part of a cursor may be; the database would answer anything else with an error that is not the caller's to read. */
const PARTS = {
  // PostgreSQL refuses NUL in text.
  text: z.string().regex(/^[^\0]*$/),
  time: z.iso.datetime(),
  uuid: z.guid(),
  integer: z.string().regex(/^\d{1,15}$/),
  boolean: z.enum(["true", "false"]),
};

/** Throws `invalid_input` on anything that `encodeCursor` did not make of such parts. */
export function decodeCursor(cursor: string, kinds: readonly (keyof typeof PARTS)[]): string[] {
  try {
    const decoded: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    const parts = z.array(z.unknown()).length(kinds.length).parse(decoded);
    return kinds.map((kind, index) => PARTS[kind].parse(parts[index]));
  } catch (cause) {
    throw new AppError("invalid_input", "The cursor is not one that this list gave out. Start again without it.", {
      fields: [{ path: "cursor", message: "unknown cursor" }],
      cause,
    });
  }
}
