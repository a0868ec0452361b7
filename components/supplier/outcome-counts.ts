import type { SupplierEndpointView } from "@/lib/supplier/schemas";
import { formatCount } from "../format/number";
import { outcomeLook } from "./call-words";

/** "Order read 1,204 · Not known there 2", most frequent first. */
export function outcomeCounts(outcomes: SupplierEndpointView["outcomes"]): string {
  return outcomes.map(({ outcome, calls }) => `${outcomeLook(outcome).label} ${formatCount(calls)}`).join(" · ");
}
