import type { Process } from "../engine/tasks";

/** How much longer a call may take that has to open one; lib/bamboo/request.ts has the same. */
export const NEW_WAY_MS = 300;

/** Connections to the supplier stay open for a while, as with the agents of lib/bamboo/request.ts. */
export function hasOpenWay({ waysOpenUntilMs }: Process, nowMs: number): boolean {
  return waysOpenUntilMs.some((untilMs) => untilMs > nowMs);
}

/** Whether a call goes over a connection that was open; the latest used is used next. */
export function takeWay(process: Process, nowMs: number): boolean {
  process.waysOpenUntilMs = process.waysOpenUntilMs.filter((untilMs) => untilMs > nowMs);
  return process.waysOpenUntilMs.pop() !== undefined;
}

/** The call was answered, and its connection is there for the next. */
export function keepWay({ waysOpenUntilMs }: Process, untilMs: number): void {
  waysOpenUntilMs.push(untilMs);
}
