import { claimItems } from "../store/claim-items";
import { extendLeases, soonDueMs } from "../store/leases";
import { type Item, noChanges } from "../store/rows";
import { Alarm } from "./alarm";
import { dispatch } from "./dispatch";
import type { Engine } from "./engine";
import { matchEvent } from "./match-event";
import { resolveStep } from "./resolve-step";

const MAX_CALLS_IN_FLIGHT = 256;
const CLAIM_LIMIT = 128;
const MAX_ROUNDS = 50;
const SAFETY_POLL_MS = 1000;
const POLL_OVERLAP_MS = 200;
const EXTEND_LEASES_MS = 15_000;

/**
 * Finds due items and sets them going. It is woken when something becomes due: by a committed change, by a timer for the
 * soonest known moment, and, should both fail, each second.
 */
export class Scheduler {
  private passing: Promise<void> | undefined;
  private again = false;
  private readonly alarm = new Alarm(SAFETY_POLL_MS + POLL_OVERLAP_MS, () => this.wake());
  private readonly intervals: NodeJS.Timeout[] = [];
  private readonly active = new Set<Promise<void>>();

  constructor(
    private readonly engine: Engine,
    private readonly heldFunctions: () => readonly string[],
    private readonly mayClaim: () => boolean,
  ) {}

  start(): void {
    this.intervals.push(
      setInterval(() => void this.poll(), SAFETY_POLL_MS),
      setInterval(() => void this.extend(), EXTEND_LEASES_MS),
    );
    this.wake();
  }

  /** Stops claiming; resolves when the current pass is over. What was claimed goes on. */
  async stop(): Promise<void> {
    for (const interval of this.intervals) clearInterval(interval);
    this.alarm.stop();
    this.again = false;
    await this.passing;
  }

  /** Resolves when everything claimed is done. */
  async settled(): Promise<void> {
    await Promise.all(this.active);
  }

  wake(): void {
    if (this.engine.stopping() || !this.mayClaim()) return;
    if (this.passing) {
      this.again = true;
      return;
    }
    this.passing = this.pass().finally(() => {
      this.passing = undefined;
      if (this.again) {
        this.again = false;
        this.wake();
      }
    });
  }

  /** Wakes at a moment; one beyond the next poll is left to it. */
  wakeAt(dueMs: number): void {
    this.alarm.at(dueMs);
  }

  private async pass(): Promise<void> {
    try {
      for (let round = 0; round < MAX_ROUNDS && !this.engine.stopping(); round += 1) {
        if ((await this.claimRound()) < CLAIM_LIMIT) break;
      }
      const openingMs = this.engine.admission.nextOpeningMs();
      if (openingMs !== undefined) this.wakeAt(openingMs);
    } catch (error) {
      this.engine.log(`claiming failed, trying again in a second: ${messageOf(error)}`);
    }
  }

  private async claimRound(): Promise<number> {
    const { engine } = this;
    const nowMs = Date.now();
    const room = MAX_CALLS_IN_FLIGHT - engine.inFlight.size;
    const limit = room > 0 ? Math.min(room, CLAIM_LIMIT) : CLAIM_LIMIT;
    const admitted: Item[] = [];
    try {
      const { claimed, looked } = await claimItems(engine.pool, {
        nowMs,
        limit,
        calls: room > 0,
        blocked: engine.admission.blocked(nowMs),
        heldFunctions: this.heldFunctions(),
        admit: (item) => {
          if (engine.inFlight.has(item.id)) return { admitted: false };
          const answer = engine.admission.admit(item, nowMs);
          if (answer.admitted) admitted.push(item);
          return answer;
        },
      });
      for (const item of claimed) this.begin(item);
      return looked >= limit && room > 0 ? CLAIM_LIMIT : looked;
    } catch (error) {
      for (const item of admitted) engine.admission.release(item);
      throw error;
    }
  }

  private begin(item: Item): void {
    const { engine } = this;
    engine.inFlight.set(item.id, { runId: item.runId, requestId: "" });
    const work = carryOut(engine, item)
      .catch(async (error: unknown) => {
        engine.log(`item ${item.id} of run ${item.runId} was interrupted: ${messageOf(error)}`);
      })
      .finally(() => {
        engine.inFlight.delete(item.id);
        engine.admission.release(item);
        this.active.delete(work);
        if (item.kind === "call") this.wake();
      });
    this.active.add(work);
  }

  private async poll(): Promise<void> {
    this.wake();
    try {
      const nowMs = Date.now();
      for (const dueMs of await soonDueMs(this.engine.pool, nowMs, nowMs + SAFETY_POLL_MS + POLL_OVERLAP_MS)) this.wakeAt(dueMs);
    } catch (error) {
      this.engine.log(`looking for the next due item failed: ${messageOf(error)}`);
    }
  }

  private async extend(): Promise<void> {
    try {
      await extendLeases(this.engine.pool, [...this.engine.inFlight.keys()], Date.now());
    } catch (error) {
      this.engine.log(`extending leases failed: ${messageOf(error)}`);
    }
  }
}

async function carryOut(engine: Engine, item: Item): Promise<void> {
  if (item.kind === "call") return dispatch(engine, item);
  if (item.kind === "match") return matchEvent(engine, item.id, item.eventId ?? "");
  const { runId, stepId, payload } = item;
  const known = runId !== null && stepId !== null && (await resolveStep(engine, runId, stepId, payload));
  if (!known) await engine.write({ ...noChanges(), drops: [item.id] });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
