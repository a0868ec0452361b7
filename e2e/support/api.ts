import { randomUUID } from "node:crypto";
import type { APIRequestContext, APIResponse } from "@playwright/test";
import { type Product, productsPage } from "@/lib/catalog/schemas";
import { type Order, orderAcceptedSchema, orderSchema } from "@/lib/orders/schemas";
import { isFinal } from "@/lib/orders/states.shared";
import { type Wallet, walletsSchema } from "@/lib/wallet/schemas";
import { expect } from "./test";

/** Long enough for an unclear outcome to be cleared up. */
export const FINAL_TIMEOUT_MS = 45_000;

export interface Wish {
  productId: number;
  faceMinor: number;
  quantity: number;
}

/** POST /api/v1/orders as it is, answer unread. */
export function postOrder(request: APIRequestContext, wish: Wish, key: string = randomUUID()): Promise<APIResponse> {
  return request.post("/api/v1/orders", { data: { lines: [wish] }, headers: { "idempotency-key": key } });
}

/** Places an order through the API and waits until it is final. */
export async function orderAndSettle(request: APIRequestContext, wish: Wish): Promise<Order> {
  const response = await postOrder(request, wish);
  expect(response.status(), await response.text()).toBe(202);
  return finalOrder(request, orderAcceptedSchema.parse(await response.json()).id);
}

/** The order once it is final. */
export async function finalOrder(request: APIRequestContext, id: string): Promise<Order> {
  const read = async () => orderSchema.parse(await (await request.get(`/api/v1/orders/${id}`)).json());
  await expect
    .poll(async () => isFinal((await read()).status), { timeout: FINAL_TIMEOUT_MS, message: "the order is final" })
    .toBe(true);
  return read();
}

/** The only wallet of the person's partner. */
export async function readWallet(request: APIRequestContext): Promise<Wallet> {
  const [wallet] = walletsSchema.parse(await (await request.get("/api/v1/wallets")).json()).items;
  if (!wallet) throw new Error("The partner has no wallet. The demo data give each partner one.");
  return wallet;
}

/** The product in the person's catalogue, with their price. */
export async function readProduct(request: APIRequestContext, { id, name }: { id: number; name: string }): Promise<Product> {
  const answer = await request.get(`/api/v1/catalog/products?search=${encodeURIComponent(name)}&limit=50`);
  const product = productsPage.parse(await answer.json()).items.find((item) => item.id === id);
  if (!product) throw new Error(`${name} is not in the catalogue. The supplier sandbox always lists it.`);
  return product;
}

/** Cents of a card's price; a product of the sandbox always has one. */
export function priceOf(product: Product): number {
  if (!product.priceMin) throw new Error(`${product.name} has no price for this partner.`);
  return product.priceMin.amountMinor;
}
