import type { Refresh } from "@/lib/refresh/schemas";
import { countOf } from "../../format/number";
import { Panel } from "../../ui/card";
import { Meter } from "../../ui/meter";
import { RelativeTime } from "../../ui/relative-time";
import { pageWords, TRIGGER_WORDS } from "./refresh-words";

/** The read that runs: how far it is. */
export function RefreshProgress({ refresh }: { refresh: Refresh }) {
  const { trigger, startedAt, pagesDone, pages, counts } = refresh;
  const words = pageWords(refresh);
  return (
    <Panel
      title="Reading now"
      aside={
        <>
          {TRIGGER_WORDS[trigger]}, begun <RelativeTime iso={startedAt} />
        </>
      }
    >
      <div className="border-t px-5 py-4">
        <div className="mb-1.5 flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
          <span className="font-medium">{pages === null && pagesDone === 0 ? "Waiting for the first page" : words}</span>
          <span className="text-muted">{counts ? `${countOf(counts.products, "product")} so far` : "No product yet"}</span>
        </div>
        <Meter label="Pages read" value={pagesDone} max={pages ?? 0} text={words} />
      </div>
    </Panel>
  );
}
