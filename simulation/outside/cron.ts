import { isOpen } from "../check/at-end";
import { happens } from "../engine/faults";
import type { World } from "../engine/world";
import { startRun } from "./runs";

const MINUTE_MS = 60_000;
const MAX_JUMP_MS = 26 * 60 * MINUTE_MS;

/** Sees to it that the minute's cron goes; it stops by itself when no sweep could find anything. */
export function windCron(world: World): void {
  if (world.ticking) return;
  world.ticking = true;
  world.agenda.add(world.nowMs + world.random.between(1, MINUTE_MS), () => tick(world));
}

function tick(world: World): void {
  for (const process of world.processes)
    if (happens(world, "clock-jump")) {
      process.skewMs = world.random.between(-MAX_JUMP_MS, MAX_JUMP_MS);
      if (world.trace) world.trace(process.name, `has its clock ${process.skewMs} ms off`);
    }
  world.ticking = isOpen(world) || world.processes.some(({ tasks }) => tasks.size > 0);
  if (!world.ticking) return;
  startRun(world, "sweep");
  world.agenda.add(world.nowMs + MINUTE_MS, () => tick(world));
}
