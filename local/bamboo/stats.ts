import type { EndpointName } from "./limits/policies";

/** What came in at a moment; kept for the latest calls of each endpoint. */
export interface Arrival {
  atMs: number;
  endpoint: EndpointName;
  status: number;
  requestId: string | null;
}

export interface EndpointStats {
  requests: number;
  /** By status; 0 is a connection that was cut. */
  statuses: Record<string, number>;
}

const MAX_ARRIVALS = 20_000;

/** Counts of calls since the start or the last reset. */
export class Stats {
  readonly endpoints = new Map<EndpointName, EndpointStats>();
  arrivals: Arrival[] = [];
  duplicates = 0;

  note(arrival: Arrival): void {
    const entry = this.endpoints.get(arrival.endpoint) ?? { requests: 0, statuses: {} };
    entry.requests += 1;
    entry.statuses[arrival.status] = (entry.statuses[arrival.status] ?? 0) + 1;
    this.endpoints.set(arrival.endpoint, entry);
    this.arrivals.push(arrival);
    if (this.arrivals.length > MAX_ARRIVALS * 2) this.arrivals = this.arrivals.slice(-MAX_ARRIVALS);
  }

  reset(): void {
    this.endpoints.clear();
    this.arrivals = [];
    this.duplicates = 0;
  }
}
