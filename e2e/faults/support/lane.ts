import pg from "pg";
import type { Ctx } from "@/lib/auth";
import { BambooControl } from "@/local/bamboo/control";
import { startBamboo } from "@/local/bamboo/start";
import { usd } from "@/local/bamboo/test-kit";
import { type Cut, type ProxyRun, startCuttingProxy } from "@/local/testing/cut/cutting-proxy";
import { startUpstash } from "@/local/upstash/start";
import { Driven } from "./driven";
import { passInDatabase } from "./pass-time";

const FUNDS_MINOR = 1_000_000_00;
const SUPPLIER_FUNDS = 1_000_000;

export type Service = "postgres" | "upstash" | "inngest" | "bamboo";

export interface LaneOptions {
  driver: string;
  ownerUrl: string;
  ports: { postgres: number; inngest: number };
  environment: Record<string, string>;
}

/** A partner's world with a clock of its own, one process to be killed in it at a time, and another that lives on. */
export class Lane {
  private aheadMs = 0;
  private closing: (() => Promise<unknown>)[] = [];

  private constructor(
    private readonly parts: {
      driver: string;
      environment: Record<string, string>;
      bambooPort: number;
      proxy: Awaited<ReturnType<typeof startCuttingProxy<Service>>>;
    },
    readonly database: pg.Client,
    readonly sandbox: BambooControl,
    /** An instance of the product that nothing happens to. */
    readonly survivor: Driven,
  ) {}

  static async open({ driver, ownerUrl, ports, environment }: LaneOptions): Promise<Lane> {
    const clock = { now: () => Date.now() };
    const upstash = await startUpstash({ token: environment.UPSTASH_REDIS_REST_TOKEN ?? "", now: () => clock.now() });
    const bamboo = await startBamboo({
      brands: 1,
      clientId: environment.BAMBOO_CLIENT_ID ?? "",
      clientSecret: environment.BAMBOO_CLIENT_SECRET ?? "",
      controlToken: environment.BAMBOO_CONTROL_TOKEN ?? "",
    });
    const sandbox = new BambooControl(bamboo.url, environment.BAMBOO_CONTROL_TOKEN ?? "");
    await sandbox.setBalance(usd, SUPPLIER_FUNDS);
    const proxy = await startCuttingProxy<Service>({ ...ports, upstash: upstash.port, bamboo: bamboo.port });
    const database = new pg.Client({ connectionString: ownerUrl });
    await database.connect();
    const common = { ...environment, BAMBOO_ACCOUNT_ID: String(usd) };
    const at = { ...ports, upstash: upstash.port, bamboo: bamboo.port };
    const survivor = new Driven({ driver, env: pointed(common, at), pass: (waitMs) => lane.pass(waitMs) });
    const lane: Lane = new Lane({ driver, environment: common, bambooPort: bamboo.port, proxy }, database, sandbox, survivor);
    clock.now = () => Date.now() + lane.aheadMs;
    lane.closing = [() => survivor.end(), () => proxy.close(), () => database.end(), () => bamboo.stop(), () => upstash.stop()];
    return lane;
  }

  /** A partner with money, and these products. */
  prepare(productIds: readonly number[]): Promise<Ctx> {
    return this.survivor.must<"prepare">({ kind: "prepare", productIds: [...productIds], fundsMinor: FUNDS_MINOR });
  }

  /** A process whose every way out leads through the cutting proxy, and what it awaits there; killed at the cut. */
  startVictim(cut?: Cut): { victim: Driven; run: ProxyRun<Service> } {
    const { driver, environment, proxy } = this.parts;
    const env = pointed(environment, proxy.ports);
    const victim = new Driven({ driver, env, pass: (waitMs) => this.pass(waitMs) });
    const run = proxy.begin(cut && { ...cut, kill: () => victim.kill() });
    return { victim, run };
  }

  /** Has time pass for all at once: the clocks of Redis and of the supplier go forward, and what the database recorded grows older. */
  async pass(waitMs: number): Promise<void> {
    // The clocks of Redis and of the supplier tell whole milliseconds.
    this.aheadMs += Math.ceil(waitMs);
    await Promise.all([passInDatabase(this.database, waitMs), this.sandbox.advance(waitMs)]);
  }

  /** The supplier refuses whatever holds the product, for lack of stock; null ends it. */
  async refuse(productId: number | null): Promise<void> {
    await this.sandbox.removeFault();
    if (productId !== null)
      await this.sandbox.addFault({
        productId,
        endpoint: "checkout",
        times: null,
        act: { kind: "reject", reason: "ProductIsOutOfStock" },
      });
  }

  /** A request that was sent long ago, and whose sender is dead, reaches the supplier after all. */
  async arriveLate(dispatchId: string): Promise<void> {
    const { rows } = await this.database.query<{ body: string }>("select body from dispatches where id = $1", [dispatchId]);
    const { BAMBOO_CLIENT_ID, BAMBOO_CLIENT_SECRET } = this.parts.environment;
    const response = await fetch(`http://127.0.0.1:${this.parts.bambooPort}/api/integration/v1.0/orders/checkout`, {
      method: "POST",
      headers: {
        authorization: `Basic ${Buffer.from(`${BAMBOO_CLIENT_ID}:${BAMBOO_CLIENT_SECRET}`).toString("base64")}`,
        "content-type": "application/json",
      },
      body: rows[0]?.body ?? "",
    });
    if (!response.ok) throw new Error(`The late request was answered ${response.status}: ${await response.text()}`);
  }

  async close(): Promise<void> {
    for (const close of this.closing) await close();
  }
}

function pointed(environment: Record<string, string>, ports: Readonly<Record<Service, number>>): NodeJS.ProcessEnv {
  return {
    ...environment,
    NODE_ENV: "test",
    DATABASE_WS_PROXY: `ws://127.0.0.1:${ports.postgres}`,
    UPSTASH_REDIS_REST_URL: `http://127.0.0.1:${ports.upstash}`,
    INNGEST_BASE_URL: `http://127.0.0.1:${ports.inngest}`,
    BAMBOO_BASE_URL: `http://127.0.0.1:${ports.bamboo}`,
  };
}
