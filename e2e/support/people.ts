import type { Cookie, Page } from "@playwright/test";
import { theRunning } from "./running";
import { expect } from "./test";

/** The demo people that the flows act as; all have the password `DEMO_PASSWORD`. */
export const PEOPLE = {
  buyer: "buyer@northwind.example",
  viewer: "viewer@northwind.example",
  otherPartner: "owner@lumiere.example",
  admin: "admin@steller.example",
} as const;

export type Person = keyof typeof PEOPLE;

/** One sign-in a person serves all flows of a worker: sign-ins are limited per address and minute. */
const cookiesOf = new Map<Person, Cookie[]>();

/** Makes the browser that person, whoever it was before. The next request or page load is theirs. */
export async function become(page: Page, person: Person): Promise<void> {
  const context = page.context();
  await context.clearCookies();
  const known = cookiesOf.get(person);
  if (known) return context.addCookies(known);
  const { env, urls } = theRunning();
  const response = await page.request.post("/api/auth/sign-in/email", {
    data: { email: PEOPLE[person], password: env.DEMO_PASSWORD },
    headers: { origin: urls.portal },
  });
  expect(response.status(), `sign-in of ${PEOPLE[person]}`).toBe(200);
  cookiesOf.set(person, await context.cookies());
}

/** Fills the sign-in form, as a person does. */
export async function signInByForm(page: Page, person: Person, password = theRunning().env.DEMO_PASSWORD ?? ""): Promise<void> {
  await page.getByLabel("Email").fill(PEOPLE[person]);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}
