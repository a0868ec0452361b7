import type { Metrics } from "@/lib/metrics/schemas";
import { countOf } from "../format/number";
import { formatDuration } from "../format/time";
import { Panel } from "../ui/card";

/** Purchases whose outcome the supplier has not told us yet. */
export function InDoubtPanel({ dispatches }: { dispatches: Metrics["inDoubt"] }) {
  return (
    <Panel title="In doubt">
      <ul className="divide-y border-t">
        {dispatches.map(({ dispatchId, sinceSeconds, attempts }) => (
          <li key={dispatchId} className="px-5 py-3">
            <p className="break-all font-mono text-sm">{dispatchId}</p>
            <p className="text-sm text-warning">
              for {formatDuration(sinceSeconds)}, {countOf(attempts, "attempt")}
            </p>
          </li>
        ))}
        {dispatches.length === 0 ? <li className="px-5 py-4 text-muted">Every purchase has a clear outcome.</li> : null}
      </ul>
    </Panel>
  );
}
