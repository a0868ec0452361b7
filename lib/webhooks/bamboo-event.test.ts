import { expect, test } from "vitest";
import { bambooEvent } from "./bamboo-event";

const read = (json: unknown) => bambooEvent(Buffer.from(JSON.stringify(json)));
const ID = "0B9F1C52-6F0E-4A53-8A0A-3D4B1F2A7C11";

test("an order that is over is named by our id, in lower case", () => {
  expect(read({ eventType: "ordercompleted.v1", requestId: ID, orderId: 6_779_999 })).toEqual({
    kind: "order_completed",
    requestId: ID.toLowerCase(),
  });
});

const updated = (products: unknown) => read({ eventType: "productupdated.v1", products });

test("changed products are named", () => {
  expect(updated([{ id: 1 }, { id: 2, name: "x" }])).toEqual({ kind: "products_updated", productIds: [1, 2] });
});

test.each([
  ["no list", undefined],
  ["none", []],
  ["an id that is none", [{ id: 1 }, { id: "2; drop table products" }]],
  ["an id below one", [{ id: 0 }]],
  ["more than are read one by one", Array.from({ length: 1_001 }, (_, index) => ({ id: index + 1 }))],
])("of changed products with %s all are meant", (_, products) => {
  expect(updated(products)).toEqual({ kind: "products_updated", productIds: [] });
});

test.each([
  [{ eventType: "ordercompleted.v2", requestId: ID }, "ordercompleted.v2"],
  [{ eventType: "ordercompleted.v1" }, "ordercompleted.v1"],
  [{ eventType: "ordercompleted.v1", requestId: "1 or 1=1" }, "ordercompleted.v1"],
  [{ eventType: 7 }, "unreadable"],
  [{ eventType: "x".repeat(101) }, "unreadable"],
  [[{ eventType: "ordercompleted.v1", requestId: ID }], "unreadable"],
  [null, "unreadable"],
])("%j is left", (json, type) => {
  expect(read(json)).toEqual({ kind: "other", type });
});

test("what is no JSON is left", () => {
  expect(bambooEvent(Buffer.from([0xff, 0x7b]))).toEqual({ kind: "other", type: "unreadable" });
  expect(bambooEvent(Buffer.alloc(0))).toEqual({ kind: "other", type: "unreadable" });
});
