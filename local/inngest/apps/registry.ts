import type { Pool } from "pg";
import { compileFunction, type RegisteredFunction } from "./compile-function";
import { functionConfig } from "./function-config";

interface FunctionRow {
  id: string;
  app_id: string;
  config: unknown;
  archived: boolean;
}

/** The functions known, in memory; the tables hold them across restarts. Archived ones finish their runs but get no new ones. */
export class Registry {
  private byId = new Map<string, RegisteredFunction>();
  private bySlug = new Map<string, RegisteredFunction>();
  private byEvent = new Map<string, RegisteredFunction[]>();
  private readonly confirmed = new Set<string>();

  constructor(private readonly pool: Pool) {}

  /** Reads everything again; called at the start and after each registration. */
  async load(): Promise<void> {
    const { rows } = await this.pool.query<FunctionRow>(
      "select id, app_id, config, archived from inngest.functions order by slug",
    );
    this.byId = new Map();
    this.bySlug = new Map();
    this.byEvent = new Map();
    for (const row of rows) this.remember(row);
  }

  find(id: string): RegisteredFunction | undefined {
    return this.byId.get(id);
  }

  findBySlug(slug: string): RegisteredFunction | undefined {
    return this.bySlug.get(slug);
  }

  triggeredBy(eventName: string): readonly RegisteredFunction[] {
    return this.byEvent.get(eventName) ?? [];
  }

  active(): RegisteredFunction[] {
    return [...this.bySlug.values()];
  }

  /** The app has registered since this server started, so its stored addresses are right. */
  confirm(appId: string): void {
    this.confirmed.add(appId);
  }

  /** Ids of the functions whose app has not registered since this server started. */
  unconfirmed(): string[] {
    return [...this.byId.values()].filter((fn) => !this.confirmed.has(fn.appId)).map((fn) => fn.id);
  }

  private remember(row: FunctionRow): void {
    const fn = compileFunction(row.id, row.app_id, functionConfig.parse(row.config));
    this.byId.set(fn.id, fn);
    if (row.archived) return;
    this.bySlug.set(fn.slug, fn);
    for (const name of new Set(fn.events.map((one) => one.name))) {
      this.byEvent.set(name, [...(this.byEvent.get(name) ?? []), fn]);
    }
  }
}
