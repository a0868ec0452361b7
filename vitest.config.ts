import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
const alias = [{ find: /^@\//, replacement: root }];
const exclude = [...configDefaults.exclude, "**/.next/**", "**/.data/**"];
const INTEGRATION = ["**/*.int.test.{ts,tsx}"];
const MODELS = ["**/*.model.int.test.ts"];
const FAULTS = ["e2e/faults/**/*.fault.test.ts"];

const TEST_TIMEOUT_MS = 30_000;
const HOOK_TIMEOUT_MS = 120_000;
const FAULT_TIMEOUT_MS = 5 * 60_000;

const standIns = { globalSetup: ["local/testing/global-setup.ts"], setupFiles: ["local/testing/setup.ts"] };
const common = { testTimeout: TEST_TIMEOUT_MS, hookTimeout: HOOK_TIMEOUT_MS };

/** `unit` needs nothing but what each test starts itself; `integration` and `models` each share a set of stand-ins, whose addresses are in their environment; `faults` kills. */
export default defineConfig({
  resolve: { alias },
  test: {
    // Two cores run this, and most tests wait for servers of their own.
    maxWorkers: 2,
    passWithNoTests: false,
    projects: [
      {
        extends: true,
        test: { ...common, name: "unit", include: ["**/*.test.{ts,tsx}"], exclude: [...exclude, ...INTEGRATION, ...FAULTS] },
      },
      {
        extends: true,
        test: {
          ...common,
          name: "integration",
          include: INTEGRATION,
          exclude: [...exclude, ...MODELS],
          ...standIns,
        },
      },
      { extends: true, test: { ...common, name: "models", include: MODELS, exclude, ...standIns } },
      {
        extends: true,
        // Each starts a system of its own and kills parts of it; one after the other, since each wants both cores.
        test: { ...common, name: "faults", include: FAULTS, exclude, testTimeout: FAULT_TIMEOUT_MS, fileParallelism: false },
      },
    ],
  },
});
