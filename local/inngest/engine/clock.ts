import type { Registry } from "../apps/registry";
import { ulid } from "../wire/ulid";
import type { Moment } from "./moment";

const MICROSECONDS = 1000;

/** Gives the moments that decisions are made at; sequence numbers grow across restarts as the clock does. */
export function createClock(registry: Registry, retryIntervalMs: number | undefined): () => Moment {
  let lastSeq = 0;
  const newSeq = () => {
    lastSeq = Math.max(lastSeq + 1, Date.now() * MICROSECONDS);
    return lastSeq;
  };
  return () => ({
    nowMs: Date.now(),
    newId: () => ulid(Date.now()),
    newSeq,
    random: Math.random,
    retryIntervalMs,
    isWanted: (eventName) => registry.triggeredBy(eventName).length > 0,
    findFunction: (slug) => registry.findBySlug(slug),
  });
}
