import { execFileSync } from "node:child_process";
import { withDescendants } from "../../local/up/descendants";
import type { System } from "../../local/up/system";

const PS_TIMEOUT_MS = 3_000;
const KIB_PER_MIB = 1_024;

/** What the portal's process and those it started hold in memory. */
export function portalMemoryMb({ pids }: System): number {
  if (pids.web === undefined) throw new Error("The portal is not running.");
  const family = withDescendants([pids.web]).join(",");
  const lines = execFileSync("ps", ["-o", "rss=", "-p", family], { encoding: "utf8", timeout: PS_TIMEOUT_MS });
  return Math.round(
    lines
      .trim()
      .split("\n")
      .reduce((sum, line) => sum + Number(line), 0) / KIB_PER_MIB,
  );
}
