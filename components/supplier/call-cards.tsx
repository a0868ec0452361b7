import type { SupplierCall } from "@/lib/supplier/schemas";
import { formatDuration } from "../format/time";
import { Badge } from "../ui/badge";
import { RelativeTime } from "../ui/relative-time";
import { PurchaseLink } from "./call-table";
import { endpointWords, outcomeLook } from "./call-words";

/** The list of a phone. */
export function CallCards({ calls }: { calls: readonly SupplierCall[] }) {
  return (
    <ul className="grid grid-cols-1 gap-2.5 md:hidden">
      {calls.map(({ id, at, endpoint, outcome, httpStatus, durationMs, dispatchId }) => {
        const { label, tone } = outcomeLook(outcome);
        return (
          <li key={id} className="rounded-xl border bg-surface p-4 shadow-raised">
            <p className="flex items-center justify-between gap-3">
              <span className="font-medium">{endpointWords(endpoint)}</span>
              <Badge tone={tone}>{label}</Badge>
            </p>
            <div className="mt-1 flex items-baseline justify-between gap-3 text-faint text-sm">
              <span>
                <RelativeTime iso={at} /> · {httpStatus === null ? "no HTTP answer" : `HTTP ${httpStatus}`} ·{" "}
                {formatDuration(durationMs / 1_000)}
              </span>
              {dispatchId ? <PurchaseLink dispatchId={dispatchId} /> : null}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
