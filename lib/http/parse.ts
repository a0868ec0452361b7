import type { z } from "zod";
import { AppError } from "@/lib/errors";

/** Parses outside input; throws `invalid_input` with every field at fault and what to do about it. */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown): z.infer<T> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fields = result.error.issues.flatMap((issue) => {
    if (issue.code !== "unrecognized_keys") return [{ path: issue.path.join("."), message: issue.message }];
    return issue.keys.map((key) => ({
      path: [...issue.path, key].join("."),
      message: "There is no such field. Check its spelling.",
    }));
  });
  const told = fields.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join(" ");
  throw new AppError("invalid_input", `Correct this and send it again. ${told}`, { fields });
}

export function queryOf(url: string): Record<string, string> {
  return Object.fromEntries(new URL(url).searchParams);
}
