import { Client } from "pg";

/** Any number will do, as long as every server of this kind uses the same. */
const LOCK_KEY = 7_301_946_021;
const TAKE_PAUSE_MS = 100;
const MAX_TAKES = 150;
const RETAKE_PAUSE_MS = 500;

/**
 * Makes this process the only server of the database, for as long as its connection lives: a killed owner loses the lock at
 * once, with its socket. If the connection is lost it is taken anew; until then `owned` is false and nothing is claimed.
 */
export class OwnerLock {
  owned = false;
  private client: Client | undefined;
  private stopped = false;
  private retake: NodeJS.Timeout | undefined;

  constructor(
    private readonly databaseUrl: string,
    private readonly log: (line: string) => void,
    private readonly onRetaken: () => void,
  ) {}

  /** Waits some 15 s, unless told otherwise, for a former owner to go, or for a database that is starting; then throws. */
  async take(tries = MAX_TAKES): Promise<void> {
    let unreachable: Error | undefined;
    for (let take = 0; take < tries; take += 1) {
      try {
        if (await this.tryTake()) return;
        unreachable = undefined;
      } catch (error) {
        unreachable = error instanceof Error ? error : new Error(String(error));
      }
      await new Promise((resolve) => setTimeout(resolve, TAKE_PAUSE_MS));
    }
    if (unreachable) throw new Error(`The queue's database cannot be reached: ${unreachable.message}`, { cause: unreachable });
    throw new Error("Another local Inngest server is using this database: stop it, or give this one another database.");
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.owned = false;
    clearTimeout(this.retake);
    await this.client?.end();
  }

  private async tryTake(): Promise<boolean> {
    const client = new Client({ connectionString: this.databaseUrl, application_name: "inngest owner", keepAlive: true });
    client.on("error", (error) => this.lost(client, error.message));
    client.on("end", () => this.lost(client, "the connection ended"));
    await client.connect();
    const { rows } = await client.query<{ taken: boolean }>("select pg_try_advisory_lock($1) as taken", [LOCK_KEY]);
    if (rows[0]?.taken !== true) {
      await client.end();
      return false;
    }
    this.client = client;
    this.owned = true;
    return true;
  }

  private lost(client: Client, why: string): void {
    if (this.stopped || client !== this.client) return;
    this.client = undefined;
    this.owned = false;
    this.log(`the ownership of the database was lost (${why}); taking it anew`);
    this.scheduleRetake();
  }

  private scheduleRetake(): void {
    this.retake = setTimeout(() => {
      this.tryTake()
        .then((taken) => {
          if (taken) this.onRetaken();
          else this.scheduleRetake();
        })
        .catch((error: Error) => {
          this.log(`the database is not reachable: ${error.message}`);
          if (!this.stopped) this.scheduleRetake();
        });
    }, RETAKE_PAUSE_MS);
  }
}
