import { expect, it } from "vitest";
import { orderWords, partnerWords } from "./served-words";

const order = (number: string, partner: string) => ({ id: number, number, partner });

it("names what is few and counts the rest", () => {
  const two = { orders: [order("ST-000001", "Northwind"), order("ST-000002", "Northwind")], orderCount: 2 };
  expect(orderWords(two)).toBe("ST-000001, ST-000002");
  expect(partnerWords(two)).toBe("Northwind");
  expect(orderWords({ ...two, orderCount: 6 })).toBe("ST-000001, ST-000002 and 4 more");
  expect(partnerWords({ ...two, orderCount: 6 })).toBe("Northwind and others");
});
