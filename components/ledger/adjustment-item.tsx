import type { Adjustment } from "@/lib/wallet/ledger.schemas";
import { Badge } from "../ui/badge";
import { Money } from "../ui/money";
import { RelativeTime } from "../ui/relative-time";
import { DecideAdjustment } from "./decide-adjustment";
import { ADJUSTMENT_LOOKS } from "./ledger-words";

export function AdjustmentItem({ adjustment }: { adjustment: Adjustment }) {
  const { amount, partnerName, reason, status, requestedBy, requestedAt, decidedBy, decidedAt } = adjustment;
  const { label, tone } = ADJUSTMENT_LOOKS[status];
  return (
    <li className="px-5 py-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p>
          <Money money={amount} className="font-medium" /> <span className="text-muted">for {partnerName}</span>
        </p>
        <Badge tone={tone}>{label}</Badge>
      </div>
      <p className="mt-1 break-words">{reason}</p>
      <p className="mt-1 text-faint text-sm">
        Requested by {requestedBy.name}, <RelativeTime iso={requestedAt} />
        {decidedBy && decidedAt ? (
          <>
            {" "}
            · {status === "declined" ? "declined" : "approved"} by {decidedBy.name}, <RelativeTime iso={decidedAt} />
          </>
        ) : null}
      </p>
      {status === "pending" ? <DecideAdjustment adjustment={adjustment} /> : null}
    </li>
  );
}
