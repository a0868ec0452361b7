import { CircleSlash, type LucideIcon, ShieldCheck, ShieldQuestionMark } from "lucide-react";
import type { Metrics } from "@/lib/metrics/schemas";
import { formatExact } from "../format/time";
import { Badge, type Tone } from "../ui/badge";

type Breaker = Omit<Metrics["supplier"]["breakers"][number], "endpoint">;

const looks: Record<Breaker["state"], { label: string; tone: Tone; icon: LucideIcon }> = {
  closed: { label: "Closed", tone: "success", icon: ShieldCheck },
  half_open: { label: "Probing", tone: "warning", icon: ShieldQuestionMark },
  open: { label: "Open", tone: "danger", icon: CircleSlash },
};

/** Closed is well: calls pass. Open means that calls wait. */
export function BreakerBadge({ breaker }: { breaker: Breaker }) {
  const { label, tone, icon } = looks[breaker.state];
  const failures = breaker.failures > 0 ? `, ${breaker.failures} failures` : "";
  return (
    <span title={breaker.since ? `Since ${formatExact(breaker.since)}${failures}` : undefined}>
      <Badge tone={tone} icon={icon}>
        {label}
      </Badge>
    </span>
  );
}
