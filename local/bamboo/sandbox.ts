import { randomBytes } from "node:crypto";
import { Catalog, DEFAULT_BRANDS } from "./catalog/catalog";
import { SandboxClock } from "./clock";
import { FaultRules } from "./faults/rules";
import { Limiter } from "./limits/limiter";
import { defaultModes, type Modes } from "./modes";
import { RateTable } from "./money/rates";
import { scheduleSettlement } from "./orders/settle";
import { PushQueue } from "./push/push-queue";
import { WebhookEndpoint } from "./push/webhook-endpoint";
import { type Random, seededRandom } from "./random";
import { applyEvent, type World } from "./state/apply";
import type { SandboxEvent } from "./state/events";
import { type Journal, openJournal } from "./state/journal";
import { freshState } from "./state/state";
import { Stats } from "./stats";

export interface SandboxOptions {
  dataDir?: string | undefined;
  clientId: string;
  clientSecret: string;
  controlToken: string;
  seed?: number | undefined;
  brands?: number | undefined;
  webhookUrl?: string | undefined;
  webhookSecret?: string | undefined;
  log?: ((line: string) => void) | undefined;
}

const DEFAULT_SEED = 20_261_123;
/** RequestIds whose first-time fault has struck, kept to that many. */
const MAX_STRUCK_ONCE = 100_000;

/** The supplier without its HTTP: what is kept, what is counted, and what is due. */
export class Sandbox {
  readonly clock = new SandboxClock();
  readonly seed: number;
  readonly random: Random;
  readonly world: World;
  readonly limiter: Limiter;
  readonly faults: FaultRules;
  readonly webhook = new WebhookEndpoint();
  readonly pushes: PushQueue;
  readonly stats = new Stats();
  readonly log: (line: string) => void;
  modes: Modes = defaultModes();
  /** Where the server answers; known once it listens, and part of the logos' addresses. */
  baseUrl = "";
  private readonly struckOnce = new Set<string>();
  private readonly journal: Journal;

  constructor(readonly options: SandboxOptions) {
    this.seed = options.seed ?? DEFAULT_SEED;
    this.log = options.log ?? (() => undefined);
    this.random = seededRandom(this.seed);
    this.faults = new FaultRules(this.random);
    this.world = this.makeWorld();
    this.limiter = new Limiter(
      () => this.modes,
      (violation) => this.record({ t: "violation", violation }),
    );
    this.pushes = new PushQueue(this);
    this.webhook.configure(options.webhookUrl ?? null, options.webhookSecret ?? null);
    this.journal = this.openJournal();
  }

  /** Writes an event down, then carries it out. */
  record(event: SandboxEvent): void {
    this.journal.append(event);
    applyEvent(this.world, event);
  }

  /** Takes up what the journal left open. */
  resume(): void {
    for (const order of this.world.state.orders.values()) if (!order.settled) scheduleSettlement(this, order);
    this.pushes.scheduleAll();
  }

  /** True the first time for that key, false ever after. */
  firstTime(key: string): boolean {
    if (this.struckOnce.has(key)) return false;
    if (this.struckOnce.size >= MAX_STRUCK_ONCE) this.struckOnce.clear();
    this.struckOnce.add(key);
    return true;
  }

  /** As new, but for the ids, which go on. */
  reset(): void {
    this.record({ t: "reset" });
    this.modes = defaultModes();
    this.faults.remove();
    this.limiter.reset();
    this.stats.reset();
    this.struckOnce.clear();
    this.webhook.configure(this.options.webhookUrl ?? null, this.options.webhookSecret ?? null);
  }

  async stop(): Promise<void> {
    this.clock.stop();
    await this.pushes.stop();
    this.journal.close();
  }

  /** Begins a new journal, or goes on with the one in the data folder if it is about the same catalogue. */
  private openJournal(): Journal {
    const unbegun = this.world.state;
    const journal = openJournal(this.options.dataDir, this.world);
    if (this.world.state === unbegun) {
      const begin: SandboxEvent = {
        t: "begin",
        catalogKey: this.catalogKey,
        cardKey: randomBytes(16).toString("hex"),
        atMs: this.clock.now(),
      };
      journal.append(begin);
      applyEvent(this.world, begin);
    }
    const { catalogKey } = this.world.state;
    if (catalogKey === this.catalogKey) return journal;
    journal.close();
    throw new Error(
      `The data folder belongs to a sandbox with ${catalogKey}, not ${this.catalogKey}. Start it so, or give another folder.`,
    );
  }

  private get catalogKey(): string {
    return `seed ${this.seed} and ${this.options.brands ?? DEFAULT_BRANDS} brands`;
  }

  private makeWorld(): World {
    const rates = new RateTable(this.seed, () => this.clock.now());
    const brands = this.options.brands ?? DEFAULT_BRANDS;
    const makeCatalog = () => new Catalog({ seed: this.seed, brands }, () => `${this.baseUrl}/assets`);
    return {
      state: freshState({ catalogKey: "", cardKey: "", atMs: 0 }),
      catalog: makeCatalog(),
      rates,
      clock: this.clock,
      makeCatalog,
    };
  }
}
