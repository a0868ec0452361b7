import type { Cell } from "./cells";
import { table } from "./table";

export interface QueuedCell extends Cell {
  /** Orders in the queue when the cell began. */
  waiting: number;
}

/** For a person. */
export function acceptTable(cells: readonly QueuedCell[]): string {
  const rows = cells.map(({ name, clients, perSecond, p50Ms, p99Ms, waiting }) => [
    name,
    clients,
    perSecond,
    p50Ms.toFixed(1),
    p99Ms.toFixed(1),
    waiting,
  ]);
  return table(["POST /api/v1/orders", "connections", "a second", "p50 ms", "p99 ms", "waiting"], rows);
}
