import { z } from "zod";

/** Every reason a checkout is refused for with status 400. */
export const reasonCodes = [
  "WrongAccount",
  "InsufficientBalance",
  "InvalidProductIds",
  "InvalidProduct",
  "InvalidDenomination",
  "NoProducts",
  "OrderAlreadyExists",
  "ClientCatalogNotExist",
  "OrderNotFound",
  "CardsLimitExceeded",
  "ProductIsOutOfStock",
  "ClientPriceInvalid",
  "UserNotEnabled",
] as const;

export type ReasonCode = (typeof reasonCodes)[number];

const ms = z.number().min(0).max(864_000_000);

/** How one order line lives until it is final. Times count from acceptance. */
export const scriptSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("instant") }),
  z.object({ kind: z.literal("delayed"), afterMs: ms }),
  z.object({ kind: z.literal("pending"), afterMs: ms }),
  z.object({ kind: z.literal("paused"), afterMs: ms }),
  z.object({ kind: z.literal("trickle"), afterMs: ms }),
  z.object({ kind: z.literal("partial"), sold: z.number().int().min(0).optional(), afterMs: ms.optional() }),
  z.object({ kind: z.literal("failed"), afterMs: ms.optional() }),
  z.object({ kind: z.literal("lateCards"), hiddenMs: ms }),
  z.object({ kind: z.literal("unknownStatus"), status: z.string().min(1).max(40), afterMs: ms }),
]);

/** One thing that goes wrong. Those marked "before" leave no order behind; the others do. */
export const actSchema = z.discriminatedUnion("kind", [
  /** Before acting: the connection is cut. */
  z.object({ kind: z.literal("cutBefore") }),
  /** Before acting: this status and body. */
  z.object({
    kind: z.literal("failBefore"),
    status: z.number().int().min(400).max(599),
    body: z.string().max(10_000).optional(),
  }),
  /** Before acting: a 429 that no counter asked for. */
  z.object({ kind: z.literal("tooMany"), waitSeconds: z.number().int().min(1).max(86_400) }),
  /** Before acting: a 400 with that reason (and that sentence instead, if given). */
  z.object({ kind: z.literal("reject"), reason: z.enum(reasonCodes), message: z.string().max(1000).optional() }),
  /** Before acting: waits. */
  z.object({ kind: z.literal("slowBefore"), delayMs: ms }),
  /** After acting: the connection is cut, without an answer or in the middle of it. */
  z.object({ kind: z.literal("cutAfter"), midBody: z.boolean().optional() }),
  /** After acting: this status (500 unless told) and body instead of the answer. */
  z.object({
    kind: z.literal("failAfter"),
    status: z.number().int().min(400).max(599).optional(),
    body: z.string().max(10_000).optional(),
  }),
  /** After acting: a 200 that cannot be read. */
  z.object({ kind: z.literal("garbageAfter") }),
  /** After acting: waits before answering. */
  z.object({ kind: z.literal("slowAfter"), delayMs: ms }),
  /** A page of the catalogue says so many more brands than there are. */
  z.object({ kind: z.literal("countMoves"), by: z.number().int() }),
  /** A page of the catalogue lists so many brands only. */
  z.object({ kind: z.literal("shortPage"), brands: z.number().int().min(0) }),
  /** The order is not found by a read until so long after acceptance. */
  z.object({ kind: z.literal("readLag"), lagMs: ms }),
  /** The lines live by this script. */
  z.object({ kind: z.literal("script"), script: scriptSchema }),
  /** Every card carries one and the same code. */
  z.object({ kind: z.literal("duplicateCode") }),
  /** The callback about the order does this. */
  z.object({
    kind: z.literal("callback"),
    mode: z.enum(["lost", "duplicate", "late", "early", "forged"]),
    delayMs: ms.optional(),
  }),
  /** The signed webhook about the order does this. */
  z.object({ kind: z.literal("webhook"), mode: z.enum(["lost", "replay", "stale", "wrongSecret"]) }),
  /** Each accepted order moves the product to the next of these prices, in turn, and pays that one. */
  z.object({ kind: z.literal("priceMoves"), prices: z.array(z.number().positive()).min(2).max(20) }),
]);

export type Act = z.infer<typeof actSchema>;
export type Script = z.infer<typeof scriptSchema>;
