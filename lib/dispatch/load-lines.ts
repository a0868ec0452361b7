import { asc, eq } from "drizzle-orm";
import { db, type Executor } from "@/drizzle/client";
import { dispatchLines } from "@/drizzle/schema";

/** What a dispatch buys. */
export function loadLines(dispatchId: string, executor: Executor = db()) {
  return executor.select().from(dispatchLines).where(eq(dispatchLines.dispatchId, dispatchId)).orderBy(asc(dispatchLines.id));
}
