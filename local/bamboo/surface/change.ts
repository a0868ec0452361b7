import type { z } from "zod";
import { UNITS_PER_ONE } from "../money/amount";
import { scheduleSettlement, settleOrder } from "../orders/settle";
import type { OrderRecord } from "../orders/types";
import type { Sandbox } from "../sandbox";
import type { controlSchemas } from "./schemas";

type Body<K extends keyof typeof controlSchemas> = z.output<(typeof controlSchemas)[K]>;

function units(amount: number | undefined): number | undefined {
  return amount === undefined ? undefined : Math.round(amount * UNITS_PER_ONE);
}

/** Changes stock, price or orderability. A fixed product has one price: the other end follows. False if there is no such product. */
export function changeProduct(sandbox: Sandbox, body: Body<"product">): boolean {
  const product = sandbox.world.catalog.product(body.productId);
  if (!product) return false;
  const fixed = product.minFace === product.maxFace;
  const priceMin = units(body.priceMin);
  const priceMax = units(body.priceMax) ?? (fixed ? priceMin : undefined);
  sandbox.record({
    t: "product",
    id: product.id,
    change: {
      count: body.count,
      priceMin,
      priceMax,
      orderable: body.orderable,
      name: body.name,
      unlisted: body.unlisted,
      status: body.status,
    },
    atMs: sandbox.clock.now(),
  });
  if (body.announce) sandbox.pushes.announceProducts([product.id]);
  return true;
}

export function changeAccount(sandbox: Sandbox, body: Body<"account">): void {
  sandbox.record({ t: "account", ...body, balance: units(body.balance) });
}

/** Moves or stops the clock; the distance is written down, so that a restart does not fall back. */
export function changeClock(sandbox: Sandbox, body: Body<"clock">): void {
  const { clock } = sandbox;
  if (body.frozen === true) clock.freeze();
  if (body.advanceMs !== undefined) clock.advance(body.advanceMs);
  if (body.frozen === false) clock.thaw();
  if (!clock.frozen) sandbox.record({ t: "clock", offsetMs: clock.offsetMs });
}

/** Ends an open order otherwise than planned. False if it is not open. */
export function endOrder(sandbox: Sandbox, order: OrderRecord | undefined, body: Body<"ending">): boolean {
  if (!order || order.settled) return false;
  const items = order.items.map((item, index) => ({
    ...item,
    sold: Math.min(item.quantity, body.sold?.[index] ?? item.quantity),
  }));
  const finalAtMs = sandbox.clock.now() + body.afterMs;
  sandbox.record({ t: "replanned", requestId: order.requestId.toLowerCase(), finalAtMs, items });
  if (body.afterMs === 0) settleOrder(sandbox, order.requestId);
  else scheduleSettlement(sandbox, order);
  return true;
}
