import { PHASE_DEVELOPMENT_SERVER, PHASE_PRODUCTION_SERVER } from "next/constants";
import { expect, it } from "vitest";
import config from "./next.config";

/** The policies in the order in which they are held against a path; the last that matches prevails. */
async function policies(phase: string) {
  const rules = (await config(phase).headers?.()) ?? [];
  return rules.map(({ source, headers }) => {
    const policy = headers.find(({ key }) => key === "Content-Security-Policy")?.value ?? "";
    return { source, directives: policy.split("; ") };
  });
}

it.each([PHASE_PRODUCTION_SERVER, PHASE_DEVELOPMENT_SERVER])("pages load nothing from a foreign address: %s", async (phase) => {
  const [pages] = await policies(phase);
  expect(pages?.source).toBe("/:path*");
  expect(pages?.directives).toContain("img-src 'self' data:");
  expect(pages?.directives.filter((directive) => /https?:|\*/.test(directive))).toEqual([]);
});

it("what is below /api is never a document that runs scripts, such as a logo", async () => {
  const last = (await policies(PHASE_PRODUCTION_SERVER)).at(-1);
  expect(last?.source).toBe("/api/:path*");
  expect(last?.directives).toEqual(expect.arrayContaining(["sandbox", "default-src 'none'"]));
  expect(last?.directives.filter((directive) => /script|allow-/.test(directive))).toEqual([]);
});

it("the optimiser of pictures is off", () => {
  expect(config(PHASE_PRODUCTION_SERVER).images).toEqual({ unoptimized: true });
});
