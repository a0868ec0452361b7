import { canonicalJson } from "../wire/canonical-json";
import type { HttpClient } from "../wire/http-client";
import { isObject, parseJson, textOf } from "../wire/json";
import { sign } from "../wire/signature";

const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 2000;
const CHECK_PAUSE_MS = 10_000;
const SYNC_TIMEOUT_MS = 60_000;

export interface SyncOptions {
  urls: readonly string[];
  http: HttpClient;
  signingKey: string;
  log: (line: string) => void;
  onSynced: () => void;
  /** How long after a success an app is asked again. */
  checkPauseMs?: number;
}

/**
 * Asks each app to register until it does, then again every ten seconds, so that one restarted with other functions is
 * noticed.
 */
export class AppSync {
  private readonly waiting: Set<string>;
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly lastError = new Map<string, string>();
  private stopped = false;

  constructor(private readonly options: SyncOptions) {
    this.waiting = new Set(options.urls);
  }

  start(): void {
    for (const url of this.options.urls) void this.sync(url, FIRST_PAUSE_MS);
  }

  stop(): void {
    this.stopped = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
  }

  /** Whether some address has not answered yet. */
  isWaiting(): boolean {
    return this.waiting.size > 0;
  }

  private async sync(url: string, pauseMs: number): Promise<void> {
    const error = await this.ask(url);
    if (this.stopped) return;
    if (error !== this.lastError.get(url)) this.options.log(error ? `sync of ${url} failed: ${error}` : `${url} is registered`);
    this.lastError.set(url, error);
    if (error === "" && this.waiting.delete(url)) this.options.onSynced();
    const nextMs = error === "" ? (this.options.checkPauseMs ?? CHECK_PAUSE_MS) : Math.min(pauseMs * 2, MAX_PAUSE_MS);
    this.timers.set(
      url,
      setTimeout(() => void this.sync(url, error === "" ? FIRST_PAUSE_MS : nextMs), nextMs),
    );
  }

  /** The empty text if the app has registered, else what it said. */
  private async ask(url: string): Promise<string> {
    const { http, signingKey } = this.options;
    const body = canonicalJson({ url });
    const headers = {
      "content-type": "application/json",
      "user-agent": "Inngest",
      "x-inngest-server-kind": "cloud",
      "x-inngest-signature": sign(body, signingKey, Date.now()),
    };
    try {
      const answer = await http.send({ url, method: "PUT", headers, body, timeoutMs: SYNC_TIMEOUT_MS });
      if (answer.status === 200) return "";
      const said = parseJson(answer.body);
      return `${answer.status} ${isObject(said) ? textOf(said.message) : ""}`.trim();
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}
