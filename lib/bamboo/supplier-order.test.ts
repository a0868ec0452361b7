import { describe, expect, it } from "vitest";
import { toSupplierOrder } from "./supplier-order";
import { wireOrder } from "./wire";

interface Card {
  id: number | string;
  status: string;
  cardCode?: string | null;
  pin?: string | null;
}

const sold = (id: number, cardCode: string | null = `CODE-${id}`): Card => ({ id, status: "Sold", cardCode });
const card = (id: number, status: string): Card => ({ id, status, cardCode: "" });

/** An order as it arrives, of one product unless `items` says otherwise. */
const order = (status: string, quantity: number, cards?: Card[] | null, more: object = {}) =>
  toSupplierOrder(
    wireOrder.parse({
      orderId: 6779999,
      requestId: "0b9f1c52-6f0e-4a53-8a0a-3d4b1f2a7c11",
      status,
      items: [{ productId: 500101, productFaceValue: 10, quantity, cards }],
      ...more,
    }),
  );
const boughtOf = (read: ReturnType<typeof order>) =>
  read.items.flatMap(({ cards }) => cards.map(({ bambooCardId }) => bambooCardId));

describe("whether a purchase is over", () => {
  it.each([
    ["all delivered", "Succeeded", 2, [sold(1), sold(2)], "final", [1, 2]],
    ["said to be done, a card missing", "Succeeded", 2, [sold(1)], "open", [1]],
    ["said to be done, a card failed", "Succeeded", 2, [sold(1), card(2, "Failed")], "open", [1]],
    ["said to be done, no cards", "Succeeded", 1, [], "open", []],
    ["said to be done, cards left out", "Succeeded", 1, undefined, "open", []],
    ["said to be done, cards null", "Succeeded", 1, null, "open", []],
    ["said to be done, a code blank", "Succeeded", 1, [sold(1, " ")], "open", []],
    ["said to be done, a code null", "Succeeded", 1, [sold(1, null)], "open", []],
    ["failed, no cards listed", "Failed", 2, [], "final", []],
    ["failed, cards listed as failed", "Failed", 1, [card(1, "Failed")], "final", []],
    ["failed, a card paused", "Failed", 1, [card(1, "Paused")], "open", []],
    ["partly failed, the rest listed", "PartialFailed", 2, [sold(1), card(2, "Failed")], "final", [1]],
    ["partly failed, the rest left out", "PartialFailed", 2, [sold(1)], "final", [1]],
    ["partly failed, a card paused", "PartialFailed", 2, [sold(1), card(2, "Paused")], "open", [1]],
    ["partly failed, a card in progress", "PartialFailed", 2, [sold(1), card(2, "Processing")], "open", [1]],
    ["partly failed, a code still blank", "PartialFailed", 2, [sold(1), sold(2, "")], "open", [1]],
    ["partly failed, a card in a state we do not know", "PartialFailed", 2, [sold(1), card(2, "Refunded")], "open", [1]],
    ["created", "Created", 1, [], "open", []],
    ["processing, one card there already", "Processing", 2, [sold(1), card(2, "Created")], "open", [1]],
    ["pending", "Pending", 1, [card(1, "Paused")], "open", []],
    ["a status we do not know, all cards there", "Processed", 1, [sold(1)], "open", [1]],
    ["other casing", "SUCCEEDED", 1, [{ ...sold(1), status: "sold" }], "final", [1]],
  ] as const)("%s", (_, status, quantity, cards, state, bought) => {
    const read = order(status, quantity, cards ? [...cards] : cards);
    expect(read.state).toBe(state);
    expect(boughtOf(read)).toEqual(bought);
    expect(read.status).toBe(status);
  });

  it("a success is open while any of its items lacks a card, or when it has none", () => {
    const item = (productId: number, quantity: number, cards: Card[]) => ({
      productId,
      productFaceValue: "5.50",
      quantity,
      cards,
    });
    expect(order("Succeeded", 0, [], { items: [item(1, 1, [sold(1)]), item(2, 1, [])] }).state).toBe("open");
    expect(order("Succeeded", 0, [], { items: [item(1, 1, [sold(1)]), item(2, 1, [sold(2)])] }).state).toBe("final");
    for (const items of [[], null]) expect(order("Succeeded", 0, [], { items }).state).toBe("open");
  });
});

describe("what is read of it", () => {
  it("keeps each card as sent, its code trimmed, in the order of Bamboo's ids", () => {
    const expirationDate = "2027-03-02T10:15:30.1234567";
    const cards = [{ ...sold(10), pin: "111", serialNumber: "s-10", expirationDate }, sold(9, " CODE-9 ")];
    expect(order("Succeeded", 2, cards).items).toEqual([
      {
        productId: 500101,
        faceValue: "10",
        cards: [
          { bambooCardId: 9, code: "CODE-9", pin: null, serialNumber: null, expiresAt: null },
          { bambooCardId: 10, code: "CODE-10", pin: "111", serialNumber: "s-10", expiresAt: expirationDate },
        ],
      },
    ]);
  });

  it("keeps the charge as decimal text, and null where there is none", () => {
    expect(order("Succeeded", 1, [sold(1)], { total: 20.9, currency: "USD" })).toMatchObject({ total: "20.9", currency: "USD" });
    expect(order("Created", 1, [], { total: null })).toMatchObject({ total: null, currency: null, supplierOrderId: 6779999 });
  });

  it("takes ids told as text", () => {
    expect(boughtOf(order("Succeeded", 1, [{ ...sold(1), id: "24150001" }], { orderId: "7" }))).toEqual([24150001]);
  });
});
