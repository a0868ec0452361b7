import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isBuilt, sourceHash, stampText, withoutServices } from "./build";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "build-"));
  for (const folder of ["app", "lib/orders", ".next", "local"]) mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, "app/page.tsx"), "one");
  writeFileSync(join(root, "package-lock.json"), "{}");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test.each([
  ["a changed page", "app/page.tsx", true],
  ["a new verb", "lib/orders/place.ts", true],
  ["another lock file", "package-lock.json", true],
  ["a new config", "next.config.ts", true],
  ["a test", "lib/orders/place.test.ts", false],
  ["a stand-in", "local/up.ts", false],
  ["a note", "README.md", false],
])("%s makes the build stale: %s -> %s", (_what, path, stale) => {
  const before = sourceHash(root);
  writeFileSync(join(root, path), "changed");
  expect(sourceHash(root) !== before).toBe(stale);
});

test("a build counts when it was finished, and for its own sources only", () => {
  expect(isBuilt(root)).toBe(false);
  writeFileSync(join(root, ".next/steller-build.json"), stampText(root, sourceHash(root)));
  expect(isBuilt(root)).toBe(false);
  writeFileSync(join(root, ".next/BUILD_ID"), "x");
  expect(isBuilt(root)).toBe(true);
  writeFileSync(join(root, "tsconfig.json"), "{}");
  expect(isBuilt(root)).toBe(false);
  writeFileSync(join(root, ".next/steller-build.json"), stampText(root, sourceHash(root)));
  writeFileSync(join(root, "app/page.tsx"), "two");
  expect(isBuilt(root)).toBe(false);
});

test("the build is told no address and no secret", () => {
  const env = withoutServices({ PATH: "/bin", DATABASE_URL: "postgres://somewhere", AUTH_SECRET: "s" });
  expect(env).toMatchObject({
    PATH: "/bin",
    DATABASE_URL: "",
    AUTH_SECRET: "",
    UPSTASH_REDIS_REST_TOKEN: "",
    NODE_ENV: "production",
  });
});
