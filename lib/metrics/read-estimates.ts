import { readHonesty } from "@/lib/estimates";
import type { Metrics } from "./schemas";

/** Whether the estimates of the orders accepted in the window were honest. */
export async function readEstimates(windowSeconds: number): Promise<Metrics["estimates"]> {
  const { medianWidthMs, medianWaitMs, ...counts } = await readHonesty(windowSeconds);
  const seconds = (ms: number | null) => (ms === null ? null : ms / 1_000);
  return { ...counts, medianWidthSeconds: seconds(medianWidthMs), medianWaitSeconds: seconds(medianWaitMs) };
}
