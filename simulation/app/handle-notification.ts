import { db, trip } from "../engine/awaits";
import { happens } from "../engine/faults";
import { DONE, type Process, type Steps } from "../engine/tasks";
import type { World } from "../engine/world";
import { publish } from "../outside/events";

/** Follows app/api/bamboo/notification: the hint is stored first, then the queue is told; a queue that is down fails nothing. */
export function* handleNotification(world: World, process: Process, requestId: string): Steps {
  yield db(world);
  const dispatch = world.supplier.byRequestId.get(requestId)?.dispatch;
  if (!dispatch || (dispatch.status !== "prepared" && dispatch.status !== "placed")) return DONE;
  dispatch.hintedAtMs = world.nowMs;
  dispatch.calledBackAtMs ??= world.nowMs;
  dispatch.nextCheckAtMs = Math.min(dispatch.nextCheckAtMs, world.nowMs);
  if (world.trace) world.trace(process.name, `notes the hint about ${dispatch.id}`);
  yield trip(world);
  if (!happens(world, "queue-down")) publish(world, "bamboo/notified", dispatch);
  return DONE;
}
