import type { SupplierEndpointView } from "@/lib/supplier/schemas";
import { BreakerBadge } from "../metrics/breaker-badge";
import { Badge } from "../ui/badge";
import { RelativeTime } from "../ui/relative-time";
import { pauseWords } from "./limit-words";

/** Whether calls pass: the breaker, and the pause that the supplier asked for. */
export function EndpointState({ endpoint: { limits, pausedFor } }: { endpoint: SupplierEndpointView }) {
  if (!limits) return <Badge tone="danger">Not known</Badge>;
  const { breaker } = limits;
  const pause = pauseWords({ limits, pausedFor });
  return (
    <>
      <BreakerBadge breaker={breaker} />
      {breaker.state !== "closed" && breaker.since ? (
        <span className="mt-1 block whitespace-nowrap text-danger text-xs">
          since <RelativeTime iso={breaker.since} />
        </span>
      ) : null}
      {breaker.failures > 0 ? (
        <span className="mt-1 block whitespace-nowrap text-faint text-xs">{breaker.failures} failed in a row</span>
      ) : null}
      {pause ? <span className="mt-1 block max-w-36 text-xs text-warning">{pause}</span> : null}
    </>
  );
}
