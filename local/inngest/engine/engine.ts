import type { Pool } from "pg";
import type { Registry } from "../apps/registry";
import type { Admission } from "../flow-control/admission";
import type { Changes, Emission } from "../store/rows";
import type { HttpClient } from "../wire/http-client";
import type { Moment } from "./moment";
import type { RunCache } from "./run-cache";

/** A call under way; `requestId` is what a checkpoint must name to be taken. */
export interface InFlight {
  runId: string | null;
  requestId: string;
}

/** What the parts of the engine share. */
export interface Engine {
  pool: Pool;
  registry: Registry;
  runs: RunCache;
  admission: Admission;
  http: HttpClient;
  signingKey: string;
  /** By the id of the queue item. */
  inFlight: Map<string, InFlight>;
  /** Commits as a whole; resolves when durable. */
  write: (changes: Changes) => Promise<void>;
  /** The same for events alone. */
  emit: (emissions: Emission[]) => Promise<void>;
  moment: () => Moment;
  /** Looks for due items now. */
  wake: () => void;
  stopping: () => boolean;
  log: (line: string) => void;
}
