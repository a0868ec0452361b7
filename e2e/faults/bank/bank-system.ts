import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { z } from "zod";
import { BambooControl } from "@/local/bamboo/control";
import { usd } from "@/local/bamboo/test-kit";
import { appEnvironment } from "@/local/up/app-environment";
import { machineVariables } from "@/local/up/base-environment";
import type { ServiceName } from "@/local/up/environment";
import { PORT_NAMES } from "@/local/up/ports";
import { ROOT } from "@/local/up/root";
import { keepSecrets } from "@/local/up/secrets";
import { StartCommand } from "../../support/start-command";

const DATA = ".data/bank";
const EVERY_SERVICE: readonly ServiceName[] = ["postgres", "upstash", "inngest", "bamboo"];

const portsSchema = z.record(z.enum(PORT_NAMES), z.number());

/** The whole system as `npm start` runs it, with the production build, on fresh data of its own. */
export class BankSystem {
  private readonly command = new StartCommand(DATA);

  async start(): Promise<void> {
    rmSync(join(ROOT, DATA), { recursive: true, force: true });
    await this.command.start();
  }

  stop(): Promise<void> {
    return this.command.stop();
  }

  get folder(): string {
    return join(ROOT, DATA);
  }

  get origin(): string {
    return `http://127.0.0.1:${this.command.ports.portal}`;
  }

  get sandbox(): BambooControl {
    return new BambooControl(`http://127.0.0.1:${this.command.ports.bamboo}`, this.command.secrets.bambooControlToken);
  }

  /** Straight to PostgreSQL, past the gate and past whatever dies. */
  get ownerUrl(): string {
    const { ports, secrets } = this.command;
    return `postgres://steller_owner:${encodeURIComponent(secrets.postgresOwnerPassword)}@127.0.0.1:${ports.postgres}/steller`;
  }

  /** Has the verbs of lib, called by the test itself, work on this system. */
  enter(): void {
    const ports = portsSchema.parse(JSON.parse(readFileSync(join(this.folder, "ports.json"), "utf8")));
    const variables = machineVariables({});
    Object.assign(
      process.env,
      appEnvironment({
        variables,
        standIns: new Set(EVERY_SERVICE),
        ports,
        secrets: keepSecrets(this.folder),
        nodeEnv: "production",
      }),
      { BAMBOO_ACCOUNT_ID: String(usd), NODE_ENV: "test" },
    );
  }

  async withDatabase<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: this.ownerUrl });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }
}
