import { checkGraph } from "./graph";
import { readProject } from "./project";
import { type Breach, checkFile } from "./rules";

/** Every breach of the architecture below `root`, in the order of path and line, and how many files were read. */
export function checkArrows(root: string): { breaches: Breach[]; fileCount: number } {
  const files = readProject(root);
  const breaches = [...files.flatMap(checkFile), ...checkGraph(files)];
  breaches.sort((a, b) => a.path.localeCompare(b.path) || a.line - b.line);
  return { breaches, fileCount: files.length };
}
