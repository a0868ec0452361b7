import { inject } from "vitest";
import { GROUPS } from "../up/environment";

/**
 * Runs in each worker before a test file's own imports: what `lib/env` will read is this run's stand-ins and nothing that the shell
 * happens to name, so that no test can reach a real service.
 */
for (const name of GROUPS.flatMap((group) => [...group.required, ...group.optional])) delete process.env[name];
Object.assign(process.env, inject("stellerEnv"));
