import { BUDGETS } from "@/lib/bamboo/budgets";
import * as budget from "../../simulation/outside/budget";
import type { World } from "./world";

/** As lib/env.ts has it unless told otherwise. */
const GUARD_MS = 75;
const KEY = "placeOrder";

/** The rules of the place-order budget, the very ones that the scripts in Redis follow, on the world's clock. */
export const limits = {
  /** In how many milliseconds the ticket's turn is. */
  reserve({ limits: memory, nowMs }: World, ticket: string): number {
    const reserved = budget.reserve(memory, nowMs, KEY, BUDGETS.placeOrder, ticket, Number.POSITIVE_INFINITY, GUARD_MS);
    if (reserved.kind !== "turn") throw new Error(`No turn was given in a world without faults: ${JSON.stringify(reserved)}`);
    return reserved.waitMs;
  },

  /** Answers the products that have no place at the ticket's moment. */
  takeProducts(
    { limits: memory, nowMs, productWindow }: World,
    ticket: string,
    productIds: readonly number[],
  ): Map<number, number> {
    if (!productWindow) return new Map();
    return budget.takeProducts(memory, nowMs, KEY, BUDGETS.placeOrderProduct, ticket, productIds);
  },

  giveBack({ limits: memory }: World, ticket: string): void {
    budget.giveBack(memory, KEY, ticket);
  },

  /** 0: it may go now. Otherwise how long until it may. */
  depart({ limits: memory, nowMs, productWindow }: World, ticket: string, productIds: readonly number[]): number {
    const departing = {
      guardMs: GUARD_MS,
      productBudget: BUDGETS.placeOrderProduct,
      productIds: productWindow ? productIds : [],
    };
    const answer = budget.depart(memory, nowMs, KEY, BUDGETS.placeOrder, ticket, departing);
    return answer.kind === "go" ? 0 : Math.max(answer.waitMs, 1);
  },

  land({ limits: memory, nowMs, productWindow }: World, ticket: string, productIds: readonly number[], wayMs: number): void {
    const took = { tookMs: wayMs, wayMs };
    const productBudget = BUDGETS.placeOrderProduct;
    const landing = { guardMs: GUARD_MS, productBudget, productIds: productWindow ? productIds : [], took, healthy: true };
    budget.land(memory, nowMs, KEY, ticket, landing);
  },

  productUse({ limits: memory, nowMs, productWindow }: World): Map<number, number[]> {
    return productWindow ? budget.productUse(memory, nowMs, BUDGETS.placeOrderProduct) : new Map();
  },
};
