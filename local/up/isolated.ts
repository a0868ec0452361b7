import { machineVariables } from "./base-environment";
import { readEnvFiles } from "./env-files";
import type { Variables } from "./environment";
import { ROOT } from "./root";

/**
 * The environment for tests: this machine's PATH and the like, and no service, whatever the shell or an `.env` file names.
 * What a file names is blank rather than absent, since Next would fill it in.
 */
export function isolatedVariables(variables: Variables = process.env): Variables {
  const blank = Object.fromEntries(Object.keys(readEnvFiles(ROOT)).map((name) => [name, ""]));
  return { ...machineVariables(variables), ...blank };
}
