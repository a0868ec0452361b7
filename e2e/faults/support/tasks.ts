import type { Ctx } from "@/lib/auth";
import type { PlaceOrderInput } from "@/lib/orders/schemas";
import type { OutboxEvent } from "@/lib/outbox";

/** What a driven process is asked to do; each says what the product's own callers would do at that place. */
export type Task =
  /** A partner with money, and products as the catalogue would list them. */
  | { kind: "prepare"; productIds: number[]; fundsMinor: number }
  /** POST /api/v1/orders, without what happens after the answer. */
  | { kind: "accept"; ctx: Ctx; input: PlaceOrderInput; key: string }
  /** The same, then all that follows from it until nothing is left to do. */
  | { kind: "order"; ctx: Ctx; input: PlaceOrderInput; key: string }
  | { kind: "cancel"; ctx: Ctx; orderId: string }
  /** One turn of buying, without following the purchase up. */
  | { kind: "buy" }
  /** The outbox, and all that follows from it. */
  | { kind: "follow" }
  /** What the sweep does each minute, and all that follows from it. */
  | { kind: "sweep" };

export interface Results {
  prepare: Ctx;
  accept: { body: string; replayed: boolean };
  order: null;
  cancel: null;
  buy: null;
  follow: null;
  sweep: { nudged: OutboxEvent[] };
}

export type ToDriven =
  | { kind: "task"; task: Task }
  | { kind: "passed" }
  /** To the loader: have later processes start with all that this one compiled. */
  | { kind: "keep" };

export type FromDriven =
  /** A partner has this answer in hands, whatever becomes of the process. */
  | { kind: "answered"; body: string }
  /** There is nothing to do for so long. The other side makes it so, and says when it has passed. */
  | { kind: "waits"; waitMs: number }
  | { kind: "done"; result: Results[Task["kind"]] }
  | { kind: "threw"; error: string };
