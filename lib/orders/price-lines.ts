import { type OrderableProduct, refusal } from "@/lib/catalog";
import { AppError, type FieldProblem } from "@/lib/errors";
import { formatMoney } from "@/lib/money";
import type { PriceList } from "@/lib/pricing";
import type { PlaceOrderInput } from "./schemas";

export interface PricedLine {
  product: OrderableProduct;
  faceMinor: number;
  quantity: number;
  unitPriceMinor: number;
}

export interface PricedOrder {
  lines: PricedLine[];
  currency: string;
  totalMinor: number;
  rateSnapshotId: string | null;
}

/** Checks each line against the catalogue and the partner's prices. Throws one error that names every line at fault. */
export function priceLines(list: PriceList, catalogue: readonly OrderableProduct[], input: PlaceOrderInput): PricedOrder {
  const products = new Map(catalogue.map((product) => [product.productId, product]));
  const problems: FieldProblem[] = [];
  const lines = input.lines.flatMap((line, index): PricedLine[] => {
    const product = products.get(line.productId);
    const face = faceProblem(product, line.faceMinor);
    if (!product || face) {
      problems.push(
        product
          ? { path: `lines.${index}.faceMinor`, message: face ?? "" }
          : { path: `lines.${index}.productId`, message: `There is no product ${line.productId} in the catalogue.` },
      );
      return [];
    }
    const price = list.price(product, line.faceMinor);
    const why = refusal(product, price.kind, line.quantity);
    if (why || price.kind !== "price") {
      problems.push({ path: `lines.${index}`, message: why ?? "This product has no price." });
      return [];
    }
    return [{ product, faceMinor: line.faceMinor, quantity: line.quantity, unitPriceMinor: price.unitPriceMinor }];
  });
  if (problems.length > 0)
    throw new AppError("not_orderable", problems.map(({ message }) => message).join(" "), { fields: problems });
  const totalMinor = lines.reduce((sum, line) => sum + line.unitPriceMinor * line.quantity, 0);
  return { lines, currency: list.currency, totalMinor, rateSnapshotId: list.rateSnapshotId };
}

function faceProblem(product: OrderableProduct | undefined, faceMinor: number): string | null {
  if (!product) return "unknown product";
  const { faceMinMinor, faceMaxMinor, faceCurrency } = product;
  if (faceMinor >= faceMinMinor && faceMinor <= faceMaxMinor) return null;
  const low = formatMoney(faceMinMinor, faceCurrency);
  return faceMinMinor === faceMaxMinor
    ? `The face value of ${product.name} is ${low}.`
    : `The face value of ${product.name} is between ${low} and ${formatMoney(faceMaxMinor, faceCurrency)}.`;
}
