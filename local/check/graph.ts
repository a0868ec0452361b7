import { domainOf, isIn, isTest, SERVER_PACKAGES } from "./layout";
import type { ResolvedImport, SourceFile } from "./project";
import type { Breach } from "./rules";

/** Breaches that only several files together show: cycles between domains, and a component that reaches server code in steps. */
export function checkGraph(files: SourceFile[]): Breach[] {
  return [...domainCycles(files), ...componentReach(files)];
}

interface Edge {
  to: string;
  path: string;
  line: number;
}

function domainCycles(files: SourceFile[]): Breach[] {
  const edges = domainEdges(files);
  const done = new Set<string>();
  const breaches: Breach[] = [];
  const visit = (domain: string, trail: Edge[]): void => {
    const start = trail.findIndex((edge) => edge.to === domain);
    const closing = trail.at(-1);
    if (start >= 0 && start < trail.length - 1 && closing) {
      const round = [domain, ...trail.slice(start + 1).map((edge) => edge.to)];
      breaches.push({
        path: closing.path,
        line: closing.line,
        rule: "domains-have-no-cycle",
        message: `closes a cycle of domains: ${round.join(" -> ")}`,
      });
      return;
    }
    if (done.has(domain)) return;
    for (const edge of edges.get(domain)?.values() ?? []) visit(edge.to, [...trail, edge]);
    done.add(domain);
  };
  for (const domain of edges.keys()) visit(domain, [{ to: domain, path: "", line: 0 }]);
  return breaches;
}

/** For each domain, the first import that leads to each other domain. */
function domainEdges(files: SourceFile[]): Map<string, Map<string, Edge>> {
  const edges = new Map<string, Map<string, Edge>>();
  for (const file of files) {
    const from = domainOf(file.path);
    if (from === undefined || isTest(file.path)) continue;
    for (const site of file.imports) {
      const to = domainOf(site.target ?? "");
      if (to === undefined || to === from) continue;
      const known = edges.get(from) ?? new Map<string, Edge>();
      if (!known.has(to)) known.set(to, { to, path: file.path, line: site.line });
      edges.set(from, known);
    }
  }
  return edges;
}

/** A file a component may import must not itself pull the server in; types are erased and may. */
function componentReach(files: SourceFile[]): Breach[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const doors = files
    .filter((file) => isIn(file.path, "components") && !isTest(file.path))
    .flatMap((file) => atRuntime(file).map((site) => ({ file, site })));
  return doors.flatMap(({ file, site }) => {
    if (!isIn(site.target ?? "", "lib")) return [];
    const chain = chainToServer(site, byPath);
    if (!chain) return [];
    return [
      {
        path: file.path,
        line: site.line,
        rule: "components-reach-no-server",
        message: `pulls server code into the browser: ${chain.join(" -> ")}`,
      },
    ];
  });
}

const atRuntime = (file: SourceFile): ResolvedImport[] => file.imports.filter((site) => !site.typeOnly);

function chainToServer(start: ResolvedImport, byPath: Map<string, SourceFile>): string[] | undefined {
  const seen = new Set<string>();
  const waiting: { site: ResolvedImport; chain: string[] }[] = [{ site: start, chain: [] }];
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { site, chain } = next;
    const name = site.target ?? site.specifier;
    if (seen.has(name)) continue;
    seen.add(name);
    if (SERVER_PACKAGES.test(site.specifier) || isIn(name, "drizzle")) return [...chain, name];
    const file = byPath.get(name);
    if (file) waiting.push(...atRuntime(file).map((inner) => ({ site: inner, chain: [...chain, name] })));
  }
  return undefined;
}
