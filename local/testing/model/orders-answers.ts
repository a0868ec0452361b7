import {
  COST_MINOR,
  finish,
  isOpen,
  lineOf,
  type ModelCard,
  type ModelDispatch,
  moneyOfLine,
  type OrdersModel,
  ordersOf,
} from "./orders-model";

/** What the supplier is made to say at the end of a purchase. */
export interface Ending {
  word: "Succeeded" | "PartialFailed" | "Failed";
  /** Hundredths of each line's cards, in turn; over a hundred is cards that nobody ordered. */
  sold: number[];
  /** What is wrong with the last card of the first line that has any. */
  odd: "nothing" | "sameCard" | "sameCode" | "oldCard" | "oldCode" | "otherProduct";
}

export interface Answer {
  word: Ending["word"];
  items: { product: number; cards: ModelCard[] }[];
}

/** A product that no order names. */
export const FOREIGN_PRODUCT = -1;

/** The answer that `ending` stands for. The cards of a purchase are always the same ones, however often it is read. */
export function answerOf(model: OrdersModel, name: string, dispatch: ModelDispatch, { word, sold, odd }: Ending): Answer {
  const items = dispatch.lines.map(({ product, shares }, index) => {
    const wanted = shares.reduce((sum, share) => sum + lineOf(model, share).quantity, 0);
    const count = Math.ceil((wanted * (sold[index % sold.length] ?? 0)) / 100);
    return { product, cards: Array.from({ length: count }, (_, at) => cardNamed(`${name}#${product}#${at}`)) };
  });
  const item = items.find(({ cards }) => cards.length > 0);
  const last = item?.cards.at(-1);
  if (item && last) Object.assign(last, oddity(odd, item.cards[0] ?? last, last, model.stored));
  if (item && odd === "otherProduct") item.product = FOREIGN_PRODUCT;
  return { word, items };
}

const cardNamed = (name: string): ModelCard => ({ card: name, code: name });

function oddity(odd: Ending["odd"], first: ModelCard, last: ModelCard, stored: readonly ModelCard[]): ModelCard {
  const old = stored[0] ?? last;
  switch (odd) {
    case "sameCard":
      return { card: first.card, code: last.code };
    case "sameCode":
      return { card: last.card, code: first.code };
    case "oldCard":
      return old;
    case "oldCode":
      return { card: last.card, code: old.code };
    case "nothing":
    case "otherProduct":
      return last;
  }
}

/** What the answer changes: shortages fall on the last claimed, doubled cards are not sold, and a contradiction changes nothing yet. */
export function settleInModel(model: OrdersModel, dispatch: ModelDispatch, { word, items }: Answer): void {
  if (!isOpen(dispatch)) return;
  const pools = new Map(items.map(({ product, cards }) => [product, [...cards]]));
  const deliveries = dispatch.lines.flatMap(({ product, shares }) =>
    shares.map((share) => ({ share, cards: (pools.get(product) ?? []).splice(0, lineOf(model, share).quantity) })),
  );
  const unordered = [...pools.values()].flat().length > 0;
  const short = deliveries.some(({ share, cards }) => cards.length < lineOf(model, share).quantity);
  if (short && (unordered || word === "Succeeded")) {
    dispatch.inDoubt = true;
    raise(dispatch, "dispatch.answer_contradicts");
    return;
  }
  dispatch.status = "settled";
  endDoubt(dispatch);
  dispatch.costMinor = costOf(items);
  if (unordered) raise(dispatch, "cards.unordered");
  for (const { share, cards } of deliveries) {
    const line = lineOf(model, share);
    line.delivered = cards.filter((card) => store(model, dispatch, card)).length;
    const { heldMinor, capturedMinor } = moneyOfLine(line);
    line.returnedMinor = heldMinor - capturedMinor;
  }
  finish(ordersOf(model, dispatch));
}

export const costOf = (items: Answer["items"]): number => items.reduce((sum, { cards }) => sum + cards.length * COST_MINOR, 0);

function store(model: OrdersModel, dispatch: ModelDispatch, { card, code }: ModelCard): boolean {
  const known = model.stored.some((other) => other.card === card || other.code === code);
  if (known) raise(dispatch, "cards.duplicate");
  else model.stored.push({ card, code });
  return !known;
}

export function raise(dispatch: ModelDispatch, alert: string): void {
  if (!dispatch.alerts.includes(alert)) dispatch.alerts.push(alert);
}

/** A clear answer ends what was said about an unclear one. */
export function endDoubt(dispatch: ModelDispatch): void {
  dispatch.inDoubt = false;
  dispatch.alerts = dispatch.alerts.filter((alert) => alert !== "dispatch.answer_contradicts");
}
