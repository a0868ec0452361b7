import { supplier } from "./support/supplier";
import { expect, test } from "./support/test";

/** Sorts behind the other flows of its project, so that it speaks of all of them. */
test("no limit of the supplier was broken by all that went before", async () => {
  const { orders, endpoints } = await supplier().stats();
  expect(orders.accepted, "orders that reached the supplier").toBeGreaterThan(0);
  expect(Object.keys(endpoints), "endpoints that were called").toContain("checkout");
  expect(await supplier().violations()).toEqual([]);
});
