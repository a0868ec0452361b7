import { hashPassword } from "better-auth/crypto";
import { db } from "@/drizzle/client";
import { credentials } from "@/drizzle/schema";
import { productsPage } from "@/lib/catalog/schemas";
import { makePartner } from "@/local/testing/factories";
import type { BankSystem } from "./bank-system";
import { Teller } from "./teller";

const PARTNERS = 8;
const FUNDS_MINOR = 200_000;
/** The one that many clients use at once. */
const HOT_FUNDS_MINOR = 600_000;
const PASSWORD = "correct-horse-7-battery";
/** Five hundred of them are beyond every wallet here, top-ups included. */
const CHEAPEST_MINOR = 1_500;
const DEAREST_MINOR = 6_000;
const LEAST_STOCK = 20;
const MAX_PAGES = 10;

export interface Branch {
  partnerId: string;
  teller: Teller;
}

export interface Goods {
  productId: number;
  faceMinor: number;
}

export interface Bank {
  /** The first is the hot one. */
  branches: readonly Branch[];
  goods: readonly Goods[];
}

/** Partners with money and one signed-in person each, and what they can afford. */
export async function openBank(system: BankSystem, products: number): Promise<Bank> {
  const password = await hashPassword(PASSWORD);
  const branches: Branch[] = [];
  for (let index = 0; index <= PARTNERS; index++) {
    const { partnerId, ctx } = await makePartner({ fundsMinor: index === 0 ? HOT_FUNDS_MINOR : FUNDS_MINOR });
    const { actor } = ctx;
    if (actor.kind !== "member") throw new Error("The partner's person is no member");
    const { userId } = actor;
    await db().insert(credentials).values({ id: userId, accountId: userId, providerId: "credential", userId, password });
    const teller = new Teller(system.origin);
    await teller.signIn(`${userId}@test.example`, PASSWORD);
    branches.push({ partnerId, teller });
  }
  return { branches, goods: await chooseGoods(branches[0]?.teller, products) };
}

/** Ordinary products at a low price, with enough on the shelf; the scenarios of the sandbox are left out. */
async function chooseGoods(teller: Teller | undefined, products: number): Promise<Goods[]> {
  const chosen: Goods[] = [];
  for (const currency of ["USD", "EUR"]) {
    let cursor: string | null = "";
    for (let page = 0; page < MAX_PAGES && cursor !== null && chosen.length < products; page++) {
      const query: string = `limit=100&inStock=true&currency=${currency}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
      const answer = await teller?.ask("GET", `/api/v1/catalog/products?${query}`);
      const { items, nextCursor } = productsPage.parse(JSON.parse(answer?.text ?? "null"));
      const fit = items.filter(
        ({ brand, unavailable, priceMin, stock }) =>
          brand.id !== "900" &&
          !unavailable &&
          priceMin &&
          priceMin.amountMinor >= CHEAPEST_MINOR &&
          priceMin.amountMinor <= DEAREST_MINOR &&
          (stock === null || stock >= LEAST_STOCK),
      );
      chosen.push(...fit.map(({ id, faceMin }) => ({ productId: id, faceMinor: faceMin.amountMinor })));
      cursor = nextCursor;
    }
  }
  if (chosen.length < products)
    throw new Error(`Only ${chosen.length} products of the catalogue fit the bank test; it wants ${products}`);
  return chosen.slice(0, products);
}
