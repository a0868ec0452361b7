import { expect, test } from "vitest";
import { scanSource } from "./scan";

const specifiers = (text: string) => scanSource(text).imports.map((site) => site.specifier);

test("every form of import is found with its line", () => {
  const text = [
    'import "side-effect";',
    'import def from "def";',
    'import def2, { a, b as c } from "both";',
    "import {",
    "  one,",
    "  two,",
    "} from 'several-lines';",
    'import * as all from "star";',
    'export { x } from "re-export";',
    'export * from "export-star";',
    'export * as ns from "export-star-as";',
    'const lazy = await import("dynamic");',
    'const old = require("required");',
    'type T = import("type-query").T;',
    "const t = import(`template`);",
    'import{tight}from"tight";',
  ].join("\n");
  expect(scanSource(text).imports.map((site) => [site.specifier, site.line])).toEqual([
    ["side-effect", 1],
    ["def", 2],
    ["both", 3],
    ["several-lines", 4],
    ["star", 8],
    ["re-export", 9],
    ["export-star", 10],
    ["export-star-as", 11],
    ["dynamic", 12],
    ["required", 13],
    ["type-query", 14],
    ["template", 15],
    ["tight", 16],
  ]);
});

test("an import in a comment, a string, a template or a regular expression is none", () => {
  const text = [
    '// import a from "comment";',
    '/* export * from "block"; */',
    "const s = 'import b from \"string\"';",
    `const t = \`import c from "template"; \${\`import d from "inner"\`}\`;`,
    'const r = /import e from "regex"/;',
    'const after = 1; import real from "real";',
  ].join("\n");
  expect(specifiers(text)).toEqual(["real"]);
});

test("quotes and slashes of JSX text do not hide what follows", () => {
  const text = [
    "const a = <p>Don't stop</p>;",
    "const b = <br />;",
    "const c = <a href='x'>and / or</a>;",
    'import real from "real";',
  ].join("\n");
  expect(specifiers(text)).toEqual(["real"]);
});

test("code inside a template's substitution is still code", () => {
  expect(scanSource(`const u = \`a \${process.env.HOME} \${{ b: { c: 1 } }.b.c} d\`;\nimport('x');`)).toMatchObject({
    environmentReads: [1],
    imports: [{ specifier: "x", line: 2 }],
  });
});

test("type-only imports are told from the others", () => {
  const text = [
    'import type { A } from "a";',
    'import type B from "b";',
    'import { type C, type D } from "c";',
    'import { type E, f } from "d";',
    'import type from "e";',
    'export type { G } from "f";',
    'export type * from "g";',
    'import { typeName } from "h";',
  ].join("\n");
  expect(scanSource(text).imports.map((site) => site.typeOnly)).toEqual([true, true, true, false, false, true, true, false]);
});

test("an export that is no re-export does not swallow the next import", () => {
  expect(scanSource('export interface A { from: string }\nexport enum B { C, D }\nimport e from "e";').imports).toEqual([
    { specifier: "e", line: 3, typeOnly: false },
  ]);
});

test("every way to the process environment is seen", () => {
  const text = [
    "const a = process.env.A;",
    "const b = process?.env;",
    'const c = process["env"];',
    "const { env } = process;",
    'import { env as e } from "node:process";',
    "const fine = { env: 1 }; const also = import.meta.env;",
    "// process.env in a comment",
    "const { argv } = process;",
  ].join("\n");
  expect(scanSource(text).environmentReads).toEqual([1, 2, 3, 4, 5]);
});

test("lines are counted as an editor shows them", () => {
  expect(scanSource("a\nb\n").lineCount).toBe(2);
  expect(scanSource("a\nb").lineCount).toBe(2);
});
