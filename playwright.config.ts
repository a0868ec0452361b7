import { defineConfig, devices } from "@playwright/test";
import { findRunning } from "./e2e/support/running";

const FLOW_TIMEOUT_MS = 60_000;
const EXPECT_TIMEOUT_MS = 10_000;
const ALL_FLOWS_TIMEOUT_MS = 9 * 60_000;

/** Undefined where the runner reads this first; the workers, who use it, read it again when the system is up. */
const running = findRunning();

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  globalSetup: "./e2e/support/global-setup.ts",
  outputDir: ".data/test/e2e-output",
  timeout: FLOW_TIMEOUT_MS,
  globalTimeout: ALL_FLOWS_TIMEOUT_MS,
  expect: { timeout: EXPECT_TIMEOUT_MS },
  // One browser at a time on two cores, beside the system it looks at.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  reporter: "list",
  use: {
    baseURL: running?.urls.portal,
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    locale: "en-GB",
    timezoneId: "UTC",
    launchOptions: {
      executablePath: running?.browser.executablePath,
      // Nothing but this machine has a name: a page that reaches out fails here, and not only where there is no network.
      args: ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"],
      env: { ...definedOf(process.env), ...running?.browser.env },
    },
  },
  projects: [
    {
      name: "desktop",
      use: { ...devices["Desktop Chrome"], viewport: { width: 1280, height: 800 } },
      testIgnore: "**/*.phone.spec.ts",
    },
    { name: "phone", use: devices["Pixel 7"], testMatch: "**/*.phone.spec.ts" },
  ],
});

function definedOf(variables: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
