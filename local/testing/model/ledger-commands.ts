import fc from "fast-check";
import {
  type LedgerModel,
  type Line,
  type Movement,
  OWN_KINDS,
  own,
  settled,
  TRANSFER_KINDS,
  type TransferKind,
  type Two,
  wallet,
} from "./ledger-model";
import { record } from "./record";

export const TAMPERINGS = ["balance", "limit", "own_account", "change", "remove", "truncate", "triggers", "line_price"] as const;

interface On {
  who: Two;
  money: Two;
}

/** What may be tried, as plain data. A `line` or `share` is taken modulo the lines that there are. */
export type LedgerCommand =
  | ({ do: "topUp"; amountMinor: number } & On)
  /** `more` is held beyond what the first line costs. */
  | ({ do: "hold"; cards: number[]; bought: boolean; more: number } & On)
  | ({ do: "rush"; cards: number; times: number } & On)
  /** Hundredths of the line's hold; over a hundred is beyond it. */
  | { do: "settle"; line: number; capture: number; release: number }
  | { do: "giveUp"; line: number }
  | { do: "refund"; line: number; amountMinor: number }
  | { do: "cost"; line: number; amountMinor: number }
  | ({ do: "adjust"; amountMinor: number } & On)
  | ({ do: "credit"; limitMinor: number } & On)
  | { do: "attack"; movement: Omit<Movement, "line" | "shareOf">; line: number | null; share: number | null }
  | { do: "tamper"; how: (typeof TAMPERINGS)[number] };

const two = fc.constantFrom<Two>(0, 1);
/** Mostly the first currency: two would seldom meet. */
const money = fc.oneof({ weight: 9, arbitrary: fc.constant<Two>(0) }, { weight: 1, arbitrary: fc.constant<Two>(1) });
const on = { who: two, money };
const amountMinor = fc.integer({ min: 1, max: 400 });
/** Small ones, and ones that want a second admin. */
const adjustment = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -200, max: 200 }).filter((amount) => amount !== 0) },
  { weight: 1, arbitrary: fc.constantFrom(10_001, -10_001) },
);
const cards = fc.integer({ min: 1, max: 150 });
const line = fc.nat({ max: 11 });
const share = fc.constantFrom(0, 0, 10, 30, 50, 70, 100, 110);
const none = <T>(arbitrary: fc.Arbitrary<T>, weight: number) =>
  fc.oneof({ weight, arbitrary: fc.constant(null) }, { weight: 10 - weight, arbitrary });

const anyAccount = fc.oneof(
  fc
    .tuple(fc.constantFrom("available", "held"), two, money)
    .map(([kind, who, of]) => wallet(kind as "available" | "held", who, of)),
  fc.tuple(fc.constantFrom(...OWN_KINDS), money).map(([kind, of]) => own(kind, of)),
);

/** Any transfer at all, and ones that look right and may be wrong in one thing. */
const anyMovement = record({
  kind: fc.constantFrom(...TRANSFER_KINDS),
  from: anyAccount,
  to: anyAccount,
  amountMinor: fc.integer({ min: -3, max: 300 }),
  money,
});
const likelyMovement = record({ kind: fc.constantFrom(...TRANSFER_KINDS), who: two, other: two, money, amountMinor }).map(
  ({ kind, who, other, ...rest }) => ({ kind, ...rest, ...sides(kind, who, other, rest.money) }),
);

function sides(kind: TransferKind, who: Two, other: Two, of: Two): { from: string; to: string } {
  switch (kind) {
    case "hold":
      return { from: wallet("available", who, of), to: wallet("held", other, of) };
    case "release":
      return { from: wallet("held", who, of), to: wallet("available", other, of) };
    case "capture":
      return { from: wallet("held", who, of), to: own("sales", of) };
    case "top_up":
      return { from: own("funding", of), to: wallet("available", who, of) };
    case "refund":
      return { from: own("sales", of), to: wallet("available", who, of) };
    case "adjustment":
      return { from: own("adjustments", of), to: wallet("available", who, of) };
    case "supplier_cost":
      return { from: own("supplier_balance", of), to: own("supplier_cost", of) };
  }
}

export const ledgerCommand: fc.Arbitrary<LedgerCommand> = fc.oneof(
  { weight: 2, arbitrary: record({ do: fc.constant("topUp" as const), ...on, amountMinor }) },
  {
    weight: 5,
    arbitrary: record({
      do: fc.constant("hold" as const),
      ...on,
      cards: fc.array(cards, { minLength: 1, maxLength: 3 }),
      bought: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
      more: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.constant(1)),
    }),
  },
  { weight: 1, arbitrary: record({ do: fc.constant("rush" as const), ...on, cards, times: fc.integer({ min: 2, max: 4 }) }) },
  { weight: 6, arbitrary: record({ do: fc.constant("settle" as const), line, capture: share, release: share }) },
  { weight: 1, arbitrary: record({ do: fc.constant("giveUp" as const), line }) },
  { weight: 1, arbitrary: record({ do: fc.constant("refund" as const), line, amountMinor }) },
  { weight: 1, arbitrary: record({ do: fc.constant("cost" as const), line, amountMinor }) },
  {
    weight: 2,
    arbitrary: record({
      do: fc.constant("adjust" as const),
      ...on,
      amountMinor: adjustment,
    }),
  },
  { weight: 1, arbitrary: record({ do: fc.constant("credit" as const), ...on, limitMinor: fc.nat({ max: 200 }) }) },
  {
    weight: 4,
    arbitrary: record({
      do: fc.constant("attack" as const),
      movement: fc.oneof(anyMovement, { weight: 4, arbitrary: likelyMovement }),
      line: none(line, 2),
      share: none(line, 3),
    }),
  },
  { weight: 1, arbitrary: record({ do: fc.constant("tamper" as const), how: fc.constantFrom(...TAMPERINGS) }) },
);

/** What a command about a line moves; nothing where there is no line yet. */
export function movementsOf(
  model: LedgerModel,
  command: Extract<LedgerCommand, { do: "settle" | "giveUp" | "refund" | "cost" | "attack" }>,
): Movement[] {
  if (command.do === "attack") return [attack(model, command)];
  const at = model.lines.length === 0 ? -1 : command.line % model.lines.length;
  const told = model.lines[at];
  if (!told) return [];
  const { money, who } = told;
  const [held, available] = [wallet("held", who, money), wallet("available", who, money)];
  const named = { money, line: at, ...(told.purchase !== null && { shareOf: at }) };
  switch (command.do) {
    case "settle":
      return [
        { kind: "capture" as const, from: held, to: own("sales", money), amountMinor: part(told, command.capture), ...named },
        { kind: "release" as const, from: held, to: available, amountMinor: part(told, command.release), ...named },
      ].filter((movement) => movement.amountMinor > 0);
    case "giveUp": {
      const rest = (told.hold ?? 0) - settled(told);
      return rest > 0 ? [{ kind: "release", from: held, to: available, amountMinor: rest, ...named }] : [];
    }
    case "refund":
      return [{ kind: "refund", from: own("sales", money), to: available, amountMinor: command.amountMinor, money, line: at }];
    case "cost":
      if (told.purchase === null) return [];
      return [
        {
          kind: "supplier_cost",
          from: own("supplier_balance", money),
          to: own("supplier_cost", money),
          amountMinor: command.amountMinor,
          money,
          purchase: told.purchase,
        },
      ];
  }
}

const part = ({ hold }: Line, hundredths: number): number => Math.ceil(((hold ?? 0) * hundredths) / 100);

/** A share can only be named where a purchase was made. */
function attack(
  model: LedgerModel,
  { movement, line: ofLine, share: ofShare }: Extract<LedgerCommand, { do: "attack" }>,
): Movement {
  const bought = model.lines.flatMap(({ purchase }, index) => (purchase === null ? [] : [index]));
  const at = ofLine === null || model.lines.length === 0 ? undefined : ofLine % model.lines.length;
  const shareOf = ofShare === null ? undefined : bought[ofShare % Math.max(bought.length, 1)];
  return { ...movement, ...(at !== undefined && { line: at }), ...(shareOf !== undefined && { shareOf }) };
}
