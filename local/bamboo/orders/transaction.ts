import { wireTime } from "../clock";
import { fromUnits, fromUnitsToCents, RATE_SCALE } from "../money/amount";
import { chargeFor } from "../money/cost";
import type { Sandbox } from "../sandbox";
import { orderNumber } from "./order-number";
import type { OrderItem, OrderRecord, Settlement } from "./types";

/** The client that reports name. */
export const CLIENT_NAME = "Sandbox Client";
const DOTNET_DEFAULT_DATE = "0001-01-01T00:00:00";

/** One charge as the report of transactions has it, with its quirks: the space after the id, the year one, two decimals here and four there. */
export function transactionJson(sandbox: Sandbox, order: OrderRecord, settled: Settlement) {
  const money = (units: number) => ({ value: fromUnits(units), currencyCode: order.currency });
  return {
    orderId: order.orderId,
    requestId: order.requestId,
    productId: order.items[0]?.productId ?? null,
    orderNumber: orderNumber(order.orderId),
    orderTotal: money(settled.total),
    orderTotalForSelectedProducts: { value: fromUnitsToCents(settled.total), currencyCode: order.currency },
    currencyCode: null,
    orderDate: wireTime(order.createdAtMs),
    transactionId: `${settled.transactionId} `,
    transactionType: "Order",
    comment: null,
    notes: null,
    availableBalance: money(settled.balanceAfter),
    transactionAmount: money(settled.total),
    transactionDate: wireTime(settled.atMs),
    orderItems: order.items.map((item) => itemJson(sandbox, order, item)),
    clientName: null,
    orderType: null,
    xeroCreditNoteNumber: null,
  };
}

function itemJson({ world }: Sandbox, order: OrderRecord, item: OrderItem) {
  const product = world.catalog.product(item.productId);
  const brand = product && world.catalog.brandOf(product);
  const charge = chargeFor(item.cost, item.sold);
  const priceCurrency = product?.priceCurrency ?? order.currency;
  return {
    createdDate: DOTNET_DEFAULT_DATE,
    productName: product?.name ?? null,
    brandName: brand?.name ?? null,
    brandCurrencyCode: brand?.currencyCode ?? null,
    brandWithDenominationCurrency: brand ? `${brand.name} ${brand.currencyCode}` : null,
    denomination: { value: fromUnits(item.face), currencyCode: brand?.currencyCode ?? null },
    clientDiscountType: null,
    clientDiscountValue: 0,
    clientTransactionFeeType: null,
    clientTransactionFeeValue: 0,
    clientPrice: { value: fromUnits(charge), currencyCode: order.currency },
    estimatedPrice: { value: fromUnitsToCents(charge), currencyCode: order.currency },
    quantity: item.quantity,
    clientTotal: fromUnitsToCents(charge),
    clientExchangeRate: {
      fromCurrency: priceCurrency,
      toCurrency: order.currency,
      exchangeRate: priceCurrency === order.currency ? 0 : item.rate / RATE_SCALE,
    },
  };
}
