import { test as base, expect } from "@playwright/test";
import { isHere } from "./loopback";
import { type Running, theRunning } from "./running";

interface Fixtures {
  /** Refuses every request that leaves this machine, and fails the flow that made one. */
  loopbackOnly: undefined;
  /** Where the system is, who may sign in with `env.DEMO_PASSWORD`, and the sandbox's control token. */
  running: Running;
}

/** Playwright's `test` for our flows. Import it from here, never from `@playwright/test`. */
export const test = base.extend<Fixtures>({
  running: async ({ browserName: _browserName }, use) => use(theRunning()),
  loopbackOnly: [
    async ({ context }, use) => {
      const outside: string[] = [];
      await context.route(
        (url) => !isHere(url),
        (route) => {
          outside.push(route.request().url());
          return route.abort("blockedbyclient");
        },
      );
      await use(undefined);
      expect(outside, "requests that would leave this machine").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
