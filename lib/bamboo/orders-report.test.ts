import { expect, test } from "vitest";
import { toReport } from "./orders-report";
import { wireOrdersReport } from "./wire";

const row = (more: object) => ({
  clientName: "Example Client",
  orderNumber: "O-06779999",
  orderDate: "2026-03-02T00:00:00",
  clientReferenceNumber: "0b9f1c52-6f0e-4a53-8a0a-3d4b1f2a7c11",
  channel: "Sandbox",
  productName: "Example Games 10 EUR",
  denomination: "EUR 10",
  quantity: 2,
  unitPrice: 9.47,
  subTotal: 18.94,
  total: 18.9401,
  accountCurrency: "USD",
  status: "Succeeded",
  ...more,
});
const report = (...rows: object[]) => toReport(wireOrdersReport.parse(rows.map(row)));

test("the lines of one order are one purchase, added to the fourth place", () => {
  const { purchases } = report({}, { productName: "Other", denomination: " ", quantity: 1, total: "0.0002" });
  expect(purchases).toEqual([
    {
      requestId: "0b9f1c52-6f0e-4a53-8a0a-3d4b1f2a7c11",
      orderNumber: "O-06779999",
      status: "Succeeded",
      cards: 3,
      products: "2 x Example Games 10 EUR (EUR 10), 1 x Other",
      total: "18.9403",
      currency: "USD",
      orderedOn: "2026-03-02",
    },
  ]);
});

test("a RequestId is known in any case and with blanks around it; what has none is counted", () => {
  const { purchases, unnamed } = report(
    { clientReferenceNumber: " 0B9F1C52-6F0E-4A53-8A0A-3D4B1F2A7C11 " },
    { clientReferenceNumber: null },
    { clientReferenceNumber: "" },
    { clientReferenceNumber: "by hand, for the fair" },
  );
  expect(purchases.map(({ requestId }) => requestId)).toEqual(["0b9f1c52-6f0e-4a53-8a0a-3d4b1f2a7c11"]);
  expect(unnamed).toBe(3);
});

test("what is under way has no total, and a date that is none is left out", () => {
  const { purchases } = report({ total: null, orderDate: "soon", orderNumber: 6779999, productName: null });
  expect(purchases).toMatchObject([
    { total: "0.0000", orderedOn: null, orderNumber: "6779999", products: "2 x unnamed product (EUR 10)" },
  ]);
});

test("of many lines the first are named", () => {
  const { purchases } = report(...Array.from({ length: 8 }, () => ({ quantity: 1, denomination: null, productName: "Card" })));
  expect(purchases).toMatchObject([{ cards: 8, products: "1 x Card, 1 x Card, 1 x Card, 1 x Card, 1 x Card, 3 more" }]);
});
