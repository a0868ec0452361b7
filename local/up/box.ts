import { relative } from "node:path";
import { ROOT } from "./root";
import type { System } from "./system";

/** What a person wants to know once everything runs: where, as whom, what else there is, and how to end it. */
export function welcome(system: System, dataDir: string, mode: "start" | "dev"): string {
  const folder = relative(ROOT, dataDir).startsWith("..") ? dataDir : relative(ROOT, dataDir);
  const signIns = system.signIns.map(
    ({ email, role, partner }) => `    ${email.padEnd(34)} ${role}${partner ? `, ${partner}` : ""}`,
  );
  const lines = [
    `Steller is running${mode === "dev" ? ", with reload" : ""}`,
    "",
    `Portal         ${system.urls.portal}`,
    ...(signIns.length > 0 ? ["", `Sign in with the password  ${system.env.DEMO_PASSWORD ?? ""}`, ...signIns, ""] : []),
    ...(system.urls.inngest ? [`Functions      ${system.urls.inngest}`] : []),
    ...(system.urls.bamboo ? [`Supplier       ${system.urls.bamboo}  (sandbox)`] : []),
    `Data           ${folder}`,
    `Logs           ${folder}/logs`,
    "",
    "Ctrl-C stops everything. Data stay.",
  ];
  return frame(lines);
}

function frame(lines: string[]): string {
  const width = Math.max(...lines.map((line) => line.length));
  const edge = "─".repeat(width + 4);
  return [`┌${edge}┐`, ...lines.map((line) => `│  ${line.padEnd(width)}  │`), `└${edge}┘`].join("\n");
}
