import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { isNamed, type Variables } from "./environment";

/** Next reads these too; the first that names a variable wins, and the environment wins over both. */
const ENV_FILES = [".env.local", ".env"];

/** Variables that the `.env` files of a folder set. */
export function readEnvFiles(root: string): Record<string, string> {
  const files = ENV_FILES.map((name) => join(root, name)).filter(existsSync);
  const texts = files.map((path) => Object.entries(parseEnv(readFileSync(path, "utf8"))));
  return Object.fromEntries(
    texts
      .reverse()
      .flat()
      .filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** The environment with what only the `.env` files name. */
export function withEnvFiles(variables: Variables, root: string): Variables {
  const given = Object.fromEntries(Object.entries(variables).filter(([name]) => isNamed(variables, name)));
  return { ...readEnvFiles(root), ...given };
}
