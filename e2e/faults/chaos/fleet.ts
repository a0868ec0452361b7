import { type Child, startChild } from "@/bench/child";
import { type Bundled, bundleInstance } from "./bundle-instance";

export interface FleetOptions {
  folder: string;
  instances: number;
  /** Of every instance. */
  env: Record<string, string>;
  /** The instance whose wall clock is off, and by how much. */
  wrongClock: { index: number; offMs: number };
}

/** Instances of the product, each a process: all follow purchases, and those that were told to drain the queue. */
export class Fleet {
  private readonly children = new Map<number, Child>();
  private readonly buying = new Set<number>();

  private constructor(
    private readonly options: FleetOptions,
    private readonly scripts: Bundled,
  ) {}

  /** Nothing of it is left when it throws. */
  static async start(options: FleetOptions): Promise<Fleet> {
    const fleet = new Fleet(options, await bundleInstance(options.folder));
    const started = await Promise.allSettled(fleet.indexes.map((index) => fleet.startOne(index)));
    const failed = started.find((one) => one.status === "rejected");
    if (!failed) return fleet;
    await fleet.stop();
    throw failed.reason;
  }

  /** Has so many of them drain the queue from now on; all of them unless told. */
  async buy(count = this.options.instances): Promise<void> {
    const resting = this.indexes.slice(0, count).filter((index) => !this.buying.has(index));
    await Promise.all(resting.map((index) => this.startBuying(index)));
  }

  /** SIGKILL: it is gone between two instructions. */
  async kill(index: number): Promise<void> {
    await this.children.get(index)?.kill();
    this.children.delete(index);
    this.buying.delete(index);
  }

  async startAgain(index: number): Promise<void> {
    await this.startOne(index);
    await this.startBuying(index);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.children.values()].map((child) => child.stop()));
  }

  private get indexes(): number[] {
    return Array.from({ length: this.options.instances }, (_, index) => index);
  }

  private async startBuying(index: number): Promise<void> {
    await this.children.get(index)?.ask({ command: "buy" });
    this.buying.add(index);
  }

  private async startOne(index: number): Promise<void> {
    const { folder, instances, env, wrongClock } = this.options;
    const isOff = index === wrongClock.index;
    const child = await startChild({
      file: this.scripts.instance,
      name: `instance-${index}`,
      folder,
      env: {
        ...env,
        WORKER_INDEX: String(index),
        WORKERS: String(instances),
        ...(isOff && { CLOCK_OFF_MS: String(wrongClock.offMs) }),
      },
      ...(isOff && { preload: this.scripts.shiftClock }),
    });
    this.children.set(index, child);
  }
}
