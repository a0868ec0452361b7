import type { Budget } from "@/lib/bamboo/budgets";

/** A place in a product's window: taken by a call that left, until the latest moment at which it can arrive, or held for a turn to come. */
export interface Place {
  kind: "left" | "held";
  ticket: string;
  atMs: number;
}

export type Places = Map<number, Place[]>;

/** A hold whose turn passed so long ago is that of a process that died. */
const HOLD_MS = 15_000;

/** The places of a product that still count, the latest first. */
export function placesOf(places: Places, nowMs: number, id: number, { windowMs }: Budget): Place[] {
  const live = (places.get(id) ?? []).filter(({ kind, atMs }) => atMs + (kind === "left" ? windowMs : HOLD_MS) > nowMs);
  return live.sort((a, b) => b.atMs - a.atMs);
}

/** When the product has room for the ticket. Who holds a place goes by what left; who has none comes after those that hold one, too. */
export function roomForAtMs(live: readonly Place[], ticket: string, { limit, windowMs }: Budget): number {
  const holds = live.some((place) => place.ticket === ticket);
  const counted = live.filter((place) => place.ticket !== ticket && (place.kind === "left" || !holds));
  const last = counted[limit - 1];
  return last ? last.atMs + windowMs : 0;
}

export function setPlace(places: Places, id: number, live: readonly Place[], place: Place): void {
  places.set(id, [...live.filter(({ ticket }) => ticket !== place.ticket), place]);
}

export function dropPlace(places: Places, id: number, ticket: string): void {
  const kept = (places.get(id) ?? []).filter((place) => place.ticket !== ticket);
  if (kept.length > 0) places.set(id, kept);
  else places.delete(id);
}
