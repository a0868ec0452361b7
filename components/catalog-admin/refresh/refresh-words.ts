import type { Refresh } from "@/lib/refresh/schemas";
import type { Tone } from "../../ui/badge";

export const REFRESH_LOOKS: Record<Refresh["status"], { label: string; tone: Tone }> = {
  running: { label: "Running", tone: "info" },
  completed: { label: "Complete", tone: "success" },
  failed: { label: "Failed", tone: "danger" },
};

export const TRIGGER_WORDS: Record<Refresh["trigger"], string> = {
  schedule: "On schedule",
  webhook: "On the supplier's word",
  admin: "Asked for by an admin",
  start: "At the start",
};

/** "7 of 24 pages"; before the supplier said how many, "7 pages". */
export function pageWords({ pagesDone, pages }: Pick<Refresh, "pagesDone" | "pages">): string {
  if (pages === null) return pagesDone === 1 ? "1 page" : `${pagesDone} pages`;
  return `${pagesDone} of ${pages} ${pages === 1 ? "page" : "pages"}`;
}
