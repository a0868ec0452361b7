import type { Act } from "./faults/acts";

/** The brand that holds every magic product. It comes first in the catalogue. */
export const sandboxBrand = {
  id: 900,
  name: "Sandbox Scenarios",
  sku: "SANDBOX-US",
  countryCode: "US",
  currencyCode: "USD",
} as const;

/** A product that does one thing to whoever orders it. `face` is in USD: one number is fixed, two are a range. */
export interface MagicProduct {
  id: number;
  name: string;
  behaviour: string;
  face: readonly [number, number];
  /** 0 is out of stock in the catalogue; null is always in stock. */
  count: 0 | null;
  acts: readonly Act[];
  /** The acts before acceptance happen to the first request of each RequestId only. */
  firstTimeOnly?: boolean;
  /** The catalogue says available, the checkout refuses for stock. */
  soldOutAtCheckout?: boolean;
}

const fixed = [10, 10] as const;
const scenario = (id: number, name: string, behaviour: string, ...acts: Act[]): MagicProduct => ({
  id,
  name: `Sandbox: ${name}`,
  behaviour,
  face: fixed,
  count: null,
  acts,
});

/** Their ids never change: tests, the demo and the end-to-end flows name them. Each costs 9.00 USD on a face of 10 unless it says otherwise. */
export const magicProducts = {
  instant: scenario(990001, "instant", "Final with all cards before the answer to the checkout is read.", {
    kind: "script",
    script: { kind: "instant" },
  }),
  afterTenSeconds: scenario(990002, "delivers after 10 seconds", "Processing for 10 s, then Succeeded.", {
    kind: "script",
    script: { kind: "delayed", afterMs: 10_000 },
  }),
  partialFailure: scenario(990003, "partial failure", "Half the cards, rounded up, are sold; a single card fails.", {
    kind: "script",
    script: { kind: "partial" },
  }),
  fails: scenario(990004, "fails", "Accepted, then Failed; nothing is charged.", { kind: "script", script: { kind: "failed" } }),
  outOfStock: { ...scenario(990005, "out of stock", "Count 0 in the catalogue; the checkout refuses for stock."), count: 0 },
  acceptsThenCuts: scenario(990006, "accepts, then cuts the line", "The order exists, the answer never comes.", {
    kind: "cutAfter",
  }),
  acceptsThen500: scenario(990007, "accepts, then answers 500", "The order exists, the answer is a 500 with an HTML body.", {
    kind: "failAfter",
  }),
  answersAfter40s: scenario(990008, "answers after 40 s", "The order exists at once and goes on; the answer takes 40 s.", {
    kind: "slowAfter",
    delayMs: 40_000,
  }),
  pendingTwoMinutes: scenario(990009, "pending for two minutes", "Pending for 120 s, then Succeeded.", {
    kind: "script",
    script: { kind: "pending", afterMs: 120_000 },
  }),
  lateCards: scenario(990010, "late cards", "Succeeded and charged, but half the cards (of one: none) appear 15 s later.", {
    kind: "script",
    script: { kind: "lateCards", hiddenMs: 15_000 },
  }),
  soldOutAtCheckout: {
    ...scenario(
      990011,
      "sold out at checkout",
      "Available in the catalogue; the checkout refuses with the sentence about stock.",
    ),
    soldOutAtCheckout: true,
  },
  priceMoves: scenario(
    990012,
    "price moves",
    "Each order pays 0.27 USD a card more than the catalogue said, and the catalogue follows; after 9.81 it begins again at 9.00.",
    { kind: "priceMoves", prices: [9, 9.27, 9.54, 9.81] },
  ),
  duplicateCode: scenario(990013, "duplicate code", "Every card of every order carries one and the same code.", {
    kind: "duplicateCode",
  }),
  callbackNeverComes: scenario(
    990014,
    "callback never comes",
    "Neither the callback nor the webhook is sent; only a read finds the cards.",
    { kind: "callback", mode: "lost" },
    { kind: "webhook", mode: "lost" },
  ),
  lostRequest: {
    ...scenario(990015, "lost request", "The first request is cut before anything is done; the same RequestId then works.", {
      kind: "cutBefore",
    }),
    firstTimeOnly: true,
  },
  acceptsThenGarbage: scenario(
    990016,
    "accepts, then answers garbage",
    "The order exists, the answer is a 200 that is not JSON.",
    {
      kind: "garbageAfter",
    },
  ),
  pausedCards: scenario(990017, "cards paused for 20 seconds", "Its cards are Paused for 20 s, then Sold.", {
    kind: "script",
    script: { kind: "paused", afterMs: 20_000 },
  }),
  unknownStatus: scenario(990018, "status nobody knows", "The order says CheckingOut for 10 s, then Succeeded.", {
    kind: "script",
    script: { kind: "unknownStatus", status: "CheckingOut", afterMs: 10_000 },
  }),
  readableLater: scenario(
    990019,
    "cut, and not found for 8 seconds",
    "The order exists and the line is cut, and a read says OrderNotFound for 8 s.",
    { kind: "cutAfter" },
    { kind: "readLag", lagMs: 8_000 },
  ),
  callbackTwice: scenario(990020, "callback comes twice", "The callback is sent twice.", { kind: "callback", mode: "duplicate" }),
  callbackLate: scenario(
    990021,
    "callback comes late",
    "The callback comes 30 s after the order is final, the webhook never.",
    { kind: "callback", mode: "late", delayMs: 30_000 },
    { kind: "webhook", mode: "lost" },
  ),
  callbackForged: scenario(
    990022,
    "forged callback",
    "A callback with a wrong secret says succeeded before it is; the order fails, and the true callback says so.",
    { kind: "callback", mode: "forged" },
    { kind: "script", script: { kind: "failed", afterMs: 3_000 } },
  ),
  callbackEarly: scenario(
    990023,
    "callback comes early",
    "The callback comes 3 s before the order is final.",
    { kind: "callback", mode: "early" },
    { kind: "script", script: { kind: "delayed", afterMs: 4_000 } },
  ),
  notOrderable: scenario(990024, "cannot be ordered", "The checkout refuses with InvalidProduct.", {
    kind: "reject",
    reason: "InvalidProduct",
  }),
  unavailableFirst: {
    ...scenario(990025, "503 at first", "The first request gets a 503 and nothing is done; the same RequestId then works.", {
      kind: "failBefore",
      status: 503,
    }),
    firstTimeOnly: true,
  },
  throttledFirst: {
    ...scenario(
      990026,
      "too many requests at first",
      "The first request gets a 429 (wait for 5 seconds); the same RequestId then works.",
      {
        kind: "tooMany",
        waitSeconds: 5,
      },
    ),
    firstTimeOnly: true,
  },
  anyAmount: {
    ...scenario(990027, "any amount", "A range from 1 to 500 USD that is final at once.", {
      kind: "script",
      script: { kind: "instant" },
    }),
    face: [1, 500],
  },
  partialAnyAmount: {
    ...scenario(
      990028,
      "partial failure, any amount",
      "A range from 1 to 500 USD; half the cards, rounded up, are sold; a single card fails.",
      {
        kind: "script",
        script: { kind: "partial" },
      },
    ),
    face: [1, 500],
  },
  oneByOne: scenario(990029, "cards one by one", "Cards appear one after another for 8 s while the order is Processing.", {
    kind: "script",
    script: { kind: "trickle", afterMs: 8_000 },
  }),
  noFunds: scenario(
    990030,
    "supplier account empty",
    "The checkout refuses with the sentence about missing funds, whatever the balance is.",
    {
      kind: "reject",
      reason: "InsufficientBalance",
    },
  ),
} satisfies Record<string, MagicProduct>;

export type MagicName = keyof typeof magicProducts;

const byId = new Map<number, MagicProduct>(Object.values(magicProducts).map((product) => [product.id, product]));

/** The magic of a product, if it has any. */
export function magicOf(productId: number): MagicProduct | undefined {
  return byId.get(productId);
}
