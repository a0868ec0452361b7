import { happens } from "../engine/faults";
import type { World } from "../engine/world";
import type { Dispatch, OutboxRow } from "../store/rows";
import { startRun, tellRuns } from "./runs";

const USUAL_MS = [50, 400] as const;
const LATE_MS = [10_000, 1_800_000] as const;
const DAY_LATE_MS = 25 * 3_600_000;
const MAX_COPIES = 5;

type EventName = OutboxRow["name"] | "bamboo/notified";

/** The queue took an event. It arrives never, once or several times, now or a day later. */
export function publish(world: World, name: EventName, dispatch: Dispatch | null): void {
  const { random } = world;
  if (happens(world, "event-day-late")) deliverLater(world, name, dispatch, DAY_LATE_MS);
  if (happens(world, "event-lost")) return;
  const copies = happens(world, "event-doubled") ? random.between(2, MAX_COPIES) : 1;
  for (let copy = 0; copy < copies; copy++) {
    deliverLater(world, name, dispatch, random.within(happens(world, "event-late") ? LATE_MS : USUAL_MS));
  }
}

function deliverLater(world: World, name: EventName, dispatch: Dispatch | null, afterMs: number): void {
  world.agenda.add(world.nowMs + afterMs, () => {
    if (world.trace) world.trace("queue", `delivers ${name} ${dispatch?.id ?? ""}`);
    deliver(world, name, dispatch);
  });
}

function deliver(world: World, name: EventName, dispatch: Dispatch | null): void {
  switch (name) {
    case "orders/queued":
      startRun(world, "dispatch-orders");
      break;
    case "dispatches/placed":
    case "dispatches/stalled":
      if (dispatch) startRun(world, "settle-dispatch", dispatch);
      break;
    case "bamboo/notified":
      if (dispatch) tellRuns(world, dispatch);
      break;
    case "orders/settled":
      break;
  }
}
