import type { Reason } from "@/lib/bamboo";
import type { LineState, OrderState } from "@/lib/orders";

/** Orders, purchases and money as they should be, in memory. Prices are in minor units of the partner's currency. */
export const FUNDS_MINOR = 16_000;
export const FACE_MINOR = 1_000;
/** What the supplier takes for a card. */
export const COST_MINOR = 900;

/** `refusal` is why no quantity of it, or none above `stock`, can be ordered. */
export const PRODUCTS = [
  { name: "plain", priceMinor: 950, stock: null },
  { name: "dearer", priceMinor: 990, stock: null },
  { name: "twoLeft", priceMinor: 950, stock: 2 },
  { name: "soldOut", priceMinor: 950, stock: 0 },
  { name: "unknown", priceMinor: 950, stock: 0 },
  { name: "otherFace", priceMinor: 950, stock: 0 },
] as const;

export interface Body {
  lines: { product: number; quantity: number }[];
  /** What the caller is ready to pay, against the true total. */
  ceiling: "none" | "exact" | "below";
}

export interface ModelLine {
  product: number;
  quantity: number;
  status: LineState;
  delivered: number;
  returnedMinor: number;
}

export interface ModelOrder {
  body: Body;
  status: OrderState;
  lines: ModelLine[];
  events: string[];
}

export type Told = { kind: "placed" | "throttled" | "unknown" } | { kind: "rejected"; reason: Reason };

export interface ModelAttempt {
  /** Null: nobody wrote down what came of it. */
  told: Told | null;
  /** Long ago, and a read since then did not find it. */
  old: boolean;
}

export interface Share {
  /** The order's key. */
  order: string;
  line: number;
}

export interface ModelDispatch {
  status: "prepared" | "placed" | "settled" | "rejected";
  /** One for each product, with its shares in claim order. */
  lines: { product: number; shares: Share[] }[];
  attempts: ModelAttempt[];
  inDoubt: boolean;
  alerts: string[];
  costMinor: number;
}

/** Names instead of codes: equal names are equal cards, or equal codes. */
export interface ModelCard {
  card: string;
  code: string;
}

export interface OrdersModel {
  /** By Idempotency-Key. */
  orders: Record<string, ModelOrder>;
  /** By the order lines that travel together. */
  dispatches: Record<string, ModelDispatch>;
  stored: ModelCard[];
  /** Products that the supplier refused by themselves: nobody may order them until they were read again. */
  refused: number[];
}

export const emptyOrders = (): OrdersModel => ({ orders: {}, dispatches: {}, stored: [], refused: [] });

export const priceOf = (product: number): number => PRODUCTS[product]?.priceMinor ?? 0;
export const totalOf = (body: Body): number => body.lines.reduce((sum, line) => sum + line.quantity * priceOf(line.product), 0);
export const shareName = ({ order, line }: Share): string => `${order}/${line}`;
export const dispatchName = (shares: readonly Share[]): string => shares.map(shareName).sort().join(" ");
export const isOpen = ({ status }: ModelDispatch): boolean => status === "prepared" || status === "placed";

export function lineOf(model: OrdersModel, { order, line }: Share): ModelLine {
  const found = model.orders[order]?.lines[line];
  if (!found) throw new Error(`The model has no order line ${order}/${line}`);
  return found;
}

/** What each line holds, gave to us and gave back follows from the lines; the wallet from their sums. */
export function moneyOfLine(line: ModelLine) {
  const unitMinor = priceOf(line.product);
  const heldMinor = line.quantity * unitMinor;
  return { heldMinor, capturedMinor: line.delivered * unitMinor, returnedMinor: line.returnedMinor };
}

export function walletOf(model: OrdersModel): { available: number; held: number } {
  const all = Object.values(model.orders).flatMap(({ lines }) => lines.map(moneyOfLine));
  const sum = (of: (line: ReturnType<typeof moneyOfLine>) => number) => all.reduce((total, line) => total + of(line), 0);
  const held = sum((line) => line.heldMinor - line.capturedMinor - line.returnedMinor);
  return { available: FUNDS_MINOR - held - sum((line) => line.capturedMinor), held };
}

/** Adds a purchase for these order lines, merged by product. */
export function addDispatch(model: OrdersModel, shares: readonly Share[]): void {
  const products = [...new Set(shares.map((share) => lineOf(model, share).product))];
  model.dispatches[dispatchName(shares)] = {
    status: "prepared",
    lines: products.map((product) => ({ product, shares: shares.filter((share) => lineOf(model, share).product === product) })),
    attempts: [],
    inDoubt: false,
    alerts: [],
    costMinor: 0,
  };
}

export function ordersOf(model: OrdersModel, dispatch: ModelDispatch): ModelOrder[] {
  const keys = new Set(dispatch.lines.flatMap(({ shares }) => shares.map(({ order }) => order)));
  return [...keys].flatMap((key) => model.orders[key] ?? []);
}

/** Ends what has nothing open any more. */
export function finish(orders: readonly ModelOrder[]): void {
  for (const order of orders) {
    for (const line of order.lines) {
      const { heldMinor, capturedMinor, returnedMinor } = moneyOfLine(line);
      if (line.status !== "processing" || capturedMinor + returnedMinor !== heldMinor) continue;
      if (line.delivered === line.quantity) line.status = "completed";
      else line.status = line.delivered === 0 ? "failed" : "partially_completed";
    }
    const open = order.lines.some(({ status }) => status === "queued" || status === "processing");
    if (open || (order.status !== "processing" && order.status !== "confirming")) continue;
    const delivered = order.lines.reduce((sum, line) => sum + line.delivered, 0);
    if (order.lines.every(({ status }) => status === "completed")) order.status = "completed";
    else order.status = delivered === 0 ? "failed" : "partially_completed";
    order.events.push(order.status);
  }
}
