import { eq, sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { readPace } from "@/drizzle/schema";
import { asError, log } from "@/lib/log";
import { learn, type ReadLesson } from "./read-pace";

/** Writes down what a first read taught, for all instances. What was read counts all the same when this fails. */
export async function learnReadPace(lesson: ReadLesson): Promise<void> {
  try {
    await db().transaction(async (tx) => {
      const [pace] = await tx.select().from(readPace).for("update");
      if (!pace) return;
      await tx
        .update(readPace)
        .set({ ...learn(pace, lesson), updatedAt: sql`now()` })
        .where(eq(readPace.id, pace.id));
    });
  } catch (thrown) {
    log.warn("What a read taught about the next ones could not be kept", { err: asError(thrown) });
  }
}
