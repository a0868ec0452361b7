import {
  DATABASE_PACKAGES,
  DOMAIN_DOORS,
  domainOf,
  FOR_COMPONENTS,
  isIn,
  isLeaf,
  isTest,
  LONG_REASON,
  LONG_REASON_LINES,
  libFolder,
  MAX_LINES,
  MAY_IMPORT_LOCAL,
  MAY_READ_ENVIRONMENT,
  NEXT_PACKAGE,
} from "./layout";
import type { ResolvedImport, SourceFile } from "./project";

export interface Breach {
  path: string;
  line: number;
  rule: string;
  message: string;
}

interface ImportRule {
  name: string;
  /** Files the rule speaks of. */
  from: (path: string) => boolean;
  forbids: (site: ResolvedImport, path: string) => boolean;
  says: string;
}

const targets = (site: ResolvedImport, ...folders: string[]): boolean =>
  site.target !== undefined && folders.some((folder) => isIn(site.target ?? "", folder));

const isAdapter = (path: string): boolean => isIn(path, "app") || isIn(path, "components") || isIn(path, "inngest");

/** The arrows of the house, one row each; `graph.ts` holds those that need more than one file to be seen. */
const IMPORT_RULES: ImportRule[] = [
  {
    name: "adapters-hold-no-sql",
    from: (path) => isAdapter(path) && !isTest(path),
    forbids: (site) => DATABASE_PACKAGES.test(site.specifier) || targets(site, "drizzle"),
    says: "app, components and inngest reach the database only through a verb of lib",
  },
  {
    name: "only-lib-http-knows-next",
    from: (path) => isIn(path, "lib") && !isIn(path, "lib/http"),
    forbids: (site) => NEXT_PACKAGE.test(site.specifier),
    says: "of lib, only lib/http may import next",
  },
  {
    name: "product-never-imports-local",
    from: (path) => !MAY_IMPORT_LOCAL.test(path),
    forbids: (site) => targets(site, "local"),
    says: "the product reaches its services by address: the stand-ins are for local/, e2e/, simulation/, bench/ and tests",
  },
  {
    name: "bamboo-knows-no-domain",
    from: (path) => isIn(path, "lib/bamboo"),
    forbids: (site) =>
      DATABASE_PACKAGES.test(site.specifier) ||
      targets(site, "drizzle") ||
      (libFolder(site.target ?? "") !== undefined && !targets(site, "lib/bamboo")),
    says: "lib/bamboo knows no domain and no table: it may import itself and the leaves",
  },
  {
    name: "leaves-are-leaves",
    from: (path) => isLeaf(path) && !isTest(path),
    forbids: (site) => libFolder(site.target ?? "") !== undefined || targets(site, "drizzle"),
    says: "a leaf (lib/*.ts) may import leaves only",
  },
  {
    name: "lib-looks-down",
    from: (path) => isIn(path, "lib"),
    forbids: (site) => targets(site, "app", "components", "inngest/functions"),
    says: "lib is below app, components and inngest/functions",
  },
  {
    name: "domains-know-no-http",
    from: (path) => domainOf(path) !== undefined,
    forbids: (site) => targets(site, "lib/http"),
    says: "a domain is called by jobs too: lib/http is above it",
  },
  {
    name: "components-take-words-only",
    from: (path) => isIn(path, "components") && !isTest(path),
    forbids: (site) => targets(site, "lib") && !FOR_COMPONENTS.some((allowed) => allowed.test(site.target ?? "")),
    says: "a component may import of lib only *schemas.ts, money.ts, errors.ts and *.shared.ts",
  },
  {
    name: "domains-meet-at-the-door",
    from: (path) => domainOf(path) !== undefined,
    forbids: (site, path) => {
      const other = domainOf(site.target ?? "");
      return other !== undefined && other !== domainOf(path) && !DOMAIN_DOORS.test(site.target ?? "");
    },
    says: "a domain imports another through its index.ts or schemas.ts",
  },
  {
    name: "functions-are-served-once",
    from: (path) => (isIn(path, "app") || isIn(path, "components")) && !isIn(path, "app/api/inngest"),
    forbids: (site) => targets(site, "inngest/functions"),
    says: "only app/api/inngest serves the functions; others send events",
  },
  {
    name: "tables-know-no-domain",
    from: (path) => isIn(path, "drizzle"),
    forbids: (site) => targets(site, "lib") && !isLeaf(site.target ?? ""),
    says: "drizzle/ may import of lib its leaves only",
  },
];

/** Breaches that one file shows by itself. */
export function checkFile(file: SourceFile): Breach[] {
  const imports = IMPORT_RULES.filter((rule) => rule.from(file.path)).flatMap((rule) =>
    file.imports
      .filter((site) => rule.forbids(site, file.path))
      .map((site) => ({ path: file.path, line: site.line, rule: rule.name, message: `imports ${site.specifier}: ${rule.says}` })),
  );
  return [...imports, ...environmentReads(file), ...tooLong(file)];
}

function environmentReads(file: SourceFile): Breach[] {
  if (MAY_READ_ENVIRONMENT.test(file.path)) return [];
  return file.environmentReads.map((line) => ({
    path: file.path,
    line,
    rule: "environment-is-parsed-once",
    message: "reads process.env: take it from lib/env.ts, which parses it once and names what is missing",
  }));
}

function tooLong(file: SourceFile): Breach[] {
  const explained = file.text
    .split("\n")
    .slice(0, LONG_REASON_LINES)
    .some((line) => line.includes(LONG_REASON));
  if (file.lineCount <= MAX_LINES || explained) return [];
  return [
    {
      path: file.path,
      line: MAX_LINES + 1,
      rule: "files-are-short",
      message: `has ${file.lineCount} lines: split it, or state the reason at its top ("${LONG_REASON} ...")`,
    },
  ];
}
