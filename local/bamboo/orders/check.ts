import type { Product } from "../catalog/types";
import { MAX_CARDS_PER_ORDER } from "../limits/policies";
import { magicOf } from "../magic";
import { fourDecimals, toUnits } from "../money/amount";
import { type Cost, chargeFor, costOf } from "../money/cost";
import type { World } from "../state/apply";
import type { Account } from "../state/state";
import type { CheckoutBody } from "./checkout-body";
import { sum } from "./outcome";
import { type Rejection, rejection } from "./rejection";

export interface CheckedLine {
  product: Product;
  face: number;
  quantity: number;
  cost: Cost;
  rate: number;
  charge: number;
}

export interface CheckedOrder {
  account: Account;
  lines: CheckedLine[];
  charge: number;
}

type Priced = (product: Product) => Pick<Product, "minFace" | "maxFace" | "priceMin" | "priceMax">;

/** The checks of a checkout in the order the sheet gives, up to the one that fails. `priced` says what a product costs now. */
export function checkOrder(world: World, body: CheckoutBody, priced: Priced): CheckedOrder | Rejection {
  if (world.state.orders.has(body.requestid.toLowerCase())) return rejection("OrderAlreadyExists");
  const account = world.state.accounts.get(body.accountid);
  if (!account?.isActive) return rejection("WrongAccount");
  if (body.products.length === 0) return rejection("NoProducts");
  if (sum(body.products.map((line) => line.quantity)) > MAX_CARDS_PER_ORDER) return rejection("CardsLimitExceeded");
  const found = body.products.map((line) => findLine(world, line));
  const missing = found.find((line) => "code" in line);
  if (missing && "code" in missing) return missing;
  const lines = found.flatMap((line) => ("code" in line ? [] : [line]));
  const refused = checkProducts(world, lines);
  if (refused) return refused;
  const checked = lines.map((line) => priceLine(world, line, account, priced));
  if (checked.some((line) => line.charge <= 0)) return rejection("ClientPriceInvalid");
  const charge = sum(checked.map((line) => line.charge));
  return shortOfStock(lines) ?? shortOfFunds(account, charge) ?? { account, lines: checked, charge };
}

interface FoundLine {
  product: Product;
  face: number;
  quantity: number;
}

function findLine({ catalog }: World, line: CheckoutBody["products"][number]): FoundLine | Rejection {
  const face = toUnits(line.value) ?? -1;
  if (line.sku !== undefined && line.productid === undefined) {
    const match = catalog.bySku(line.sku, face);
    if (!match) return rejection("InvalidProductIds", `Product with SKU ${line.sku} was not found.`);
    return match.product ? { product: match.product, face, quantity: line.quantity } : rejection("InvalidDenomination");
  }
  const product = catalog.product(line.productid ?? 0);
  return product ? { product, face, quantity: line.quantity } : rejection("InvalidProductIds");
}

function checkProducts({ catalog }: World, lines: FoundLine[]): Rejection | null {
  if (lines.some(({ product }) => !product.orderable || catalog.brandOf(product).status !== "Live"))
    return rejection("InvalidProduct");
  const fits = lines.every(({ product, face }) => product.minFace <= face && face <= product.maxFace);
  return fits ? null : rejection("InvalidDenomination");
}

function priceLine({ rates }: World, line: FoundLine, account: Account, priced: Priced): CheckedLine {
  const rate = rates.between(line.product.priceCurrency, account.currency) ?? 0;
  const cost = costOf(priced(line.product), line.face, rate);
  return { ...line, rate, cost, charge: chargeFor(cost, line.quantity) };
}

function shortOfStock(lines: FoundLine[]): Rejection | null {
  for (const { product } of lines) {
    const requested = sum(lines.filter((line) => line.product === product).map((line) => line.quantity));
    const inStock = magicOf(product.id)?.soldOutAtCheckout ? 0 : product.count;
    if (inStock === null || requested <= inStock) continue;
    return rejection(
      "ProductIsOutOfStock",
      `There is not enough stock for product ${product.name}. Requested: ${requested}. In stock: ${inStock}.`,
    );
  }
  return null;
}

/** The sentence for missing funds; a fault can ask for it without any being missing. */
export function shortOfFunds(account: Account, charge: number): Rejection | null {
  const missing = charge - (account.balance - account.reserved);
  if (missing <= 0) return null;
  return rejection(
    "InsufficientBalance",
    "Account doesn't have enough funds available to buy the card(s) requested. " +
      `Balance: ${fourDecimals(account.balance)}. Reserved balance: ${fourDecimals(account.reserved)}. ` +
      `Additional top-up required: ${fourDecimals(missing)}`,
  );
}
