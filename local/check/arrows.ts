import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { checkArrows } from "./check";

/** The lint of the architecture: prints each breach as `file:line rule message` and exits 1 if there is one. */
const root = process.argv[2] ?? dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const { breaches, fileCount } = checkArrows(root);

for (const breach of breaches) console.log(`${breach.path}:${breach.line}  ${breach.rule}  ${breach.message}`);
console.log(
  breaches.length === 0
    ? `Arrows: ${fileCount} files, none points up.`
    : `Arrows: ${breaches.length} breaches. They may point only this way: app, components, inngest -> lib -> drizzle, lib/bamboo, leaves.`,
);
process.exitCode = breaches.length === 0 ? 0 : 1;
