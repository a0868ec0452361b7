import type { z } from "zod";
import type { Fault, FaultRequest } from "./faults/rules";
import type { EndpointName } from "./limits/policies";
import type { Modes } from "./modes";
import type { Violation } from "./state/state";
import type { Arrival } from "./stats";
import type { ControlLedger, ControlOrder, ControlStats } from "./surface/read";
import type { controlSchemas } from "./surface/schemas";

export type { Act, ReasonCode, Script } from "./faults/acts";
export type { Fault, FaultRequest } from "./faults/rules";
export type { Modes } from "./modes";
export type { Violation } from "./state/state";
export type { Arrival } from "./stats";
export type { ControlLedger, ControlOrder, ControlStats } from "./surface/read";

type Body<K extends keyof typeof controlSchemas> = z.input<(typeof controlSchemas)[K]>;

/** The control surface of a running sandbox, for tests, benches and the demo. Every method throws what the sandbox says is wrong. */
export class BambooControl {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** Counts of calls, orders, cards and charges. */
  stats = () => this.call<ControlStats>("GET", "/stats");
  /** Every limit that was ever broken, oldest first; it survives a restart. */
  violations = () => this.call<Violation[]>("GET", "/violations");
  /** Accounts with reserved sums, and every charge. */
  ledger = () => this.call<ControlLedger>("GET", "/ledger");
  orders = () => this.call<ControlOrder[]>("GET", "/orders");
  order = (requestId: string) => this.call<ControlOrder>("GET", `/orders/${requestId}`);
  /** When the latest calls came in and how they were answered; status 0 is a cut line. */
  arrivals = (endpoint?: EndpointName) => this.call<Arrival[]>("GET", `/arrivals${endpoint ? `?endpoint=${endpoint}` : ""}`);

  modes = () => this.call<Modes>("GET", "/modes");
  setModes = (modes: Partial<Modes>) => this.call<Modes>("PATCH", "/modes", modes);
  faults = () => this.call<Fault[]>("GET", "/faults");
  addFault = (fault: FaultRequest) => this.call<Fault>("POST", "/faults", fault);
  /** One, or all. */
  removeFault = (id?: number) => this.call<unknown>("DELETE", id === undefined ? "/faults" : `/faults/${id}`);
  /** Multiplies what is allowed for a while. */
  scaleLimits = (change: Body<"limit">) => this.call<unknown>("POST", "/limits", change);
  /** Forgets all counted calls and all changes of limits. */
  resetLimits = () => this.call<unknown>("DELETE", "/limits");

  /** null is unlimited. */
  setStock = (productId: number, count: number | null) => this.setProduct({ productId, count });
  setPrice = (productId: number, priceMin: number, priceMax?: number) =>
    this.setProduct({ productId, priceMin, ...(priceMax !== undefined && { priceMax }) });
  setProduct = (change: Body<"product">) => this.call<unknown>("POST", "/products", change);
  /** Changes an account, or opens one under a new id. */
  setAccount = (change: Body<"account">) => this.call<unknown>("POST", "/accounts", change);
  setBalance = (id: number, balance: number) => this.setAccount({ id, balance });
  /** Units of the currency for one US dollar; null goes back to the hourly rate. */
  setRate = (currency: string, perUsd: number | null) => this.call<unknown>("POST", "/rates", { currency, perUsd });
  /** Ends an open order: all cards sold, unless told how many of each line. */
  endOrder = (requestId: string, ending: Body<"ending"> = {}) =>
    this.call<unknown>("POST", `/orders/${requestId}/ending`, ending);

  setWebhook = (url: string | null, secret: string | null) => this.call<unknown>("POST", "/webhook", { url, secret });
  /** The old secret stays valid for 24 hours beside the new one. */
  rotateWebhookSecret = (secret: string) => this.call<unknown>("POST", "/webhook/rotation", { secret });
  announceProducts = (productIds: number[]) => this.call<unknown>("POST", "/webhook/announcement", { productIds });

  /** Down until `up`: lines are cut, or every call gets a 503. */
  down = (how: "cut" | "unavailable" = "cut") => this.setModes({ down: how });
  up = () => this.setModes({ down: "no" });
  advance = (advanceMs: number) => this.call<{ nowMs: number }>("POST", "/clock", { advanceMs });
  freeze = () => this.call<{ nowMs: number }>("POST", "/clock", { frozen: true });
  thaw = () => this.call<{ nowMs: number }>("POST", "/clock", { frozen: false });
  /** As new; only the ids of orders and cards go on. */
  reset = () => this.call<unknown>("POST", "/reset");

  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.url}/_control${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer: T & { error?: string } = await response.json();
    if (!response.ok) throw new Error(`The sandbox refused ${method} ${path}: ${answer.error ?? response.status}`);
    return answer;
  }
}
