import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { GENERATED, SOURCE_FOLDERS, SOURCE_NAME } from "./layout";
import { type ImportSite, type Scan, scanSource } from "./scan";

export interface SourceFile extends Scan {
  /** Relative to the root, with forward slashes. */
  path: string;
  text: string;
  imports: ResolvedImport[];
}

export interface ResolvedImport extends ImportSite {
  /** The file of this repository it means, or undefined for a package. */
  target: string | undefined;
}

const MAX_FILES = 20_000;

/** Reads and scans every hand-written source below `root`. */
export function readProject(root: string): SourceFile[] {
  const paths = [...rootFiles(root), ...SOURCE_FOLDERS.flatMap((folder) => walk(root, folder))];
  if (paths.length > MAX_FILES)
    throw new Error(`More than ${MAX_FILES} sources: is a generated folder among ${SOURCE_FOLDERS.join(", ")}?`);
  return paths.map((path) => {
    const text = readFileSync(join(root, path), "utf8");
    const scan = scanSource(text);
    return {
      ...scan,
      path,
      text,
      imports: scan.imports.map((site) => ({ ...site, target: resolve(root, path, site.specifier) })),
    };
  });
}

const isSource = (path: string): boolean => SOURCE_NAME.test(path) && !GENERATED.test(path);

function rootFiles(root: string): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile() && isSource(entry.name))
    .map((entry) => entry.name);
}

function walk(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => posix.join(folder, relativeTo(join(root, folder), entry.parentPath), entry.name))
    .filter((path) => isSource(path) && !path.includes("node_modules/"))
    .sort();
}

const relativeTo = (base: string, path: string): string => path.slice(base.length).replaceAll("\\", "/").replace(/^\//, "");

const ENDINGS = ["", ".ts", ".tsx", ".mts", ".mjs", "/index.ts", "/index.tsx"];

/** What does not exist is given as written, so that a rule on folders still holds; that it is missing is the compiler's to say. */
function resolve(root: string, from: string, specifier: string): string | undefined {
  const path = specifier.startsWith("@/")
    ? posix.normalize(specifier.slice(2))
    : specifier.startsWith(".")
      ? posix.join(posix.dirname(from), specifier)
      : undefined;
  if (path === undefined) return undefined;
  const ending = ENDINGS.find((candidate) => isFile(join(root, path + candidate)));
  return ending === undefined ? path : path + ending;
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
