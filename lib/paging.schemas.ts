import { z } from "zod";

export const MAX_PAGE_SIZE = 100;
const DEFAULT_PAGE_SIZE = 25;
const MAX_CURSOR_LENGTH = 300;

/** Query fields that every list takes. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE),
  cursor: z.string().max(MAX_CURSOR_LENGTH).optional(),
});

/** `nextCursor` is null on the last page. There is no total: counting an unbounded set costs more than any page. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** Visible characters only: PostgreSQL refuses NUL in text, and marks that turn text around mislead whoever reads it. */
export const plainText = (maxLength: number) =>
  z
    .string()
    .trim()
    .max(maxLength, `At most ${maxLength} characters; shorten it.`)
    .regex(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*$/u, "Control characters are not allowed; remove them.");

const MAX_SEARCH_LENGTH = 100;
export const searchText = plainText(MAX_SEARCH_LENGTH);
