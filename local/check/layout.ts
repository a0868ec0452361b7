/** The house as the rules see it. Paths are relative to the root, with forward slashes. */

/** Folders of lib that are no domain; every other one is, a new one too. */
const NO_DOMAINS = ["bamboo", "http", "auth"];

/** Where sources are looked for: the root's own files, and these folders. */
export const SOURCE_FOLDERS = ["app", "components", "lib", "inngest", "drizzle", "local", "simulation", "bench", "e2e"];
export const SOURCE_NAME = /\.(?:ts|tsx|mts|mjs)$/;
export const GENERATED = /^drizzle\/migrations\/|\.d\.ts$/;

export const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path);

/** What a component may import of lib: words and sums, which the browser may have. One table, kept short. */
export const FOR_COMPONENTS = [/^lib\/.+[/.]schemas\.ts$/, /^lib\/money\.ts$/, /^lib\/errors\.ts$/, /\.shared\.tsx?$/];

/** What another domain may import of a domain. */
export const DOMAIN_DOORS = /^lib\/[^/]+\/(?:index|schemas)\.ts$/;

/** Who may start or script the stand-ins. */
export const MAY_IMPORT_LOCAL = /^(?:local|e2e|simulation|bench)\/|\.test\.tsx?$|^(?:vitest[^/]*|playwright)\.config\.ts$/;

/** Who may read the process environment. Next calls `instrumentation` once in each runtime and names the runtime there. */
export const MAY_READ_ENVIRONMENT =
  /^lib\/env[^/]*\.ts$|^(?:local|e2e|bench|simulation)\/|(?:^|\/)[^/]+\.config\.(?:ts|mts|mjs)$|^drizzle\/(?:migrate|seed)[^/]*\.ts$|^instrumentation[^/]*\.ts$/;

export const DATABASE_PACKAGES = /^(?:drizzle-orm|pg|@neondatabase\/[^/]+)(?:\/|$)/;
export const NEXT_PACKAGE = /^next(?:\/|$)/;

/** What no browser bundle can hold. */
export const SERVER_PACKAGES =
  /^(?:node:.+|server-only|drizzle-orm|pg|ws|pino|inngest|@neondatabase\/.+|@upstash\/.+|next\/(?:headers|cache|server))(?:\/|$)/;

export const MAX_LINES = 300;
/** A longer file says why in one of its first lines. */
export const LONG_REASON = "Long because";
export const LONG_REASON_LINES = 15;

export const isIn = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

/** The folder of lib that a path lies in (`orders`, `bamboo`, `http`), or undefined for a leaf and for what is not in lib. */
export const libFolder = (path: string): string | undefined => /^lib\/([^/]+)\//.exec(path)?.[1];

export const domainOf = (path: string): string | undefined => {
  const folder = libFolder(path);
  return folder !== undefined && !NO_DOMAINS.includes(folder) ? folder : undefined;
};

export const isLeaf = (path: string): boolean => /^lib\/[^/]+$/.test(path);
