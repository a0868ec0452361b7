import { z } from "zod";

/** What Bamboo's webhook says, in our words. It carries no cards, and what it says is only a reason to look. */
export type BambooEvent =
  | { kind: "order_completed" /** Lower-case: the dispatch's id, if it is one of ours. */; requestId: string }
  | { kind: "products_updated" /** Empty where it names none, or more than are read one by one. */; productIds: number[] }
  /** Of a type that we do not know, or not as we know it: sending it again would not help. */
  | { kind: "other"; type: string };

const MAX_TYPE_CHARS = 100;
const named = z.object({ eventType: z.string().max(MAX_TYPE_CHARS) });
const MAX_PRODUCTS = 1_000;
const productsUpdated = z.object({ products: z.array(z.object({ id: z.number().int().positive() })).max(MAX_PRODUCTS) });
const orderCompleted = z.object({ requestId: z.guid() });

/** Never throws: the sender is known by its signature, and a body that cannot be read is `other`. */
export function bambooEvent(body: Buffer): BambooEvent {
  const json = parsed(body);
  const type = named.safeParse(json).data?.eventType ?? "unreadable";
  if (type === "productupdated.v1") {
    const { products = [] } = productsUpdated.safeParse(json).data ?? {};
    return { kind: "products_updated", productIds: products.map(({ id }) => id) };
  }
  const order = orderCompleted.safeParse(json);
  if (type === "ordercompleted.v1" && order.success)
    return { kind: "order_completed", requestId: order.data.requestId.toLowerCase() };
  return { kind: "other", type };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}
