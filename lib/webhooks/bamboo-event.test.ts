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

test("changed products are one wish, however many they are", () => {
  expect(read({ eventType: "productupdated.v1", products: [{ id: 1 }, { id: 2 }] })).toEqual({ kind: "products_updated" });
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
