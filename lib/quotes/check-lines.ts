import { faceProblem, type OrderableProduct, refusal } from "@/lib/catalog";
import { AppError, type FieldProblem, invariant } from "@/lib/errors";
import type { CardPrice, Explanation } from "@/lib/pricing";
import type { WantedLine } from "./schemas";
import type { Shelf } from "./shelf";

export interface PricedLine {
  product: OrderableProduct;
  faceMinor: number;
  quantity: number;
  /** In the order's currency. */
  unitPriceMinor: number;
  explanation: Explanation;
}

/** What a card of a line is offered at; the reason alone where it is not. */
export type Offer =
  | { kind: "price"; unitPriceMinor: number; explanation: Explanation }
  | { kind: Exclude<CardPrice["kind"], "price"> };

/**
 * Each line with what `offerOf` says it costs. Throws one error that names every line at fault: unknown, of a face value that there is
 * not, or not to be ordered now, which counts all that is wanted of a product together.
 */
export function checkLines(
  { prices, products, catalogStale }: Shelf,
  wanted: readonly WantedLine[],
  offerOf: (product: OrderableProduct, line: WantedLine, index: number) => Offer,
): PricedLine[] {
  const known = new Map(products.map((product) => [product.productId, product]));
  const cards = cardsOfEach(wanted);
  const problems: FieldProblem[] = [];
  const lines = wanted.flatMap((line, index): PricedLine[] => {
    const path = `lines.${index}`;
    const product = known.get(line.productId);
    if (!product) {
      problems.push({ path: `${path}.productId`, message: `There is no product ${line.productId} in the catalogue.` });
      return [];
    }
    const face = faceProblem(product, line.faceMinor);
    if (face) {
      problems.push({ path: `${path}.faceMinor`, message: face });
      return [];
    }
    const offer = offerOf(product, line, index);
    const why = refusal(product, prices, offer.kind, cards.get(line.productId) ?? line.quantity, catalogStale);
    if (why) {
      problems.push({ path, message: why });
      return [];
    }
    invariant(offer.kind === "price", "what is not refused has a price");
    const { unitPriceMinor, explanation } = offer;
    return [{ product, faceMinor: line.faceMinor, quantity: line.quantity, unitPriceMinor, explanation }];
  });
  if (problems.length > 0) {
    const sentences = new Set(problems.map(({ message }) => message));
    throw new AppError("not_orderable", [...sentences].join(" "), { fields: problems });
  }
  return lines;
}

function cardsOfEach(wanted: readonly WantedLine[]): Map<number, number> {
  const cards = new Map<number, number>();
  for (const { productId, quantity } of wanted) cards.set(productId, (cards.get(productId) ?? 0) + quantity);
  return cards;
}
