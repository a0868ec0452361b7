import type { ReactNode } from "react";
import type { Refreshes } from "@/lib/refresh/schemas";
import { formatCount } from "../../format/number";
import { formatClock, formatDuration } from "../../format/time";
import { Panel } from "../../ui/card";
import { Meter } from "../../ui/meter";
import { RelativeTime } from "../../ui/relative-time";
import { RefreshNow } from "./refresh-now";

interface Props {
  refreshes: Refreshes;
  /** Asked for, and not yet begun. */
  beginning: boolean;
  nowMs: number;
  onAsked: () => void;
}

/** How fresh the catalogue is, and the button. */
export function RefreshPanel({ refreshes, beginning, nowMs, onAsked }: Props) {
  const { completedAt, nextScheduledAt, startedLastHour, limitPerHour } = refreshes;
  const used = `${formatCount(startedLastHour)} of ${formatCount(limitPerHour)}`;
  return (
    <Panel title="The supplier's catalogue">
      <dl className="grid gap-x-8 gap-y-4 border-t px-5 py-4 sm:grid-cols-3">
        <Fact name="Last complete read">{completedAt ? <RelativeTime iso={completedAt} /> : "Never"}</Fact>
        <Fact name="Next on schedule">
          {formatClock(nextScheduledAt)} <span className="font-normal text-faint text-sm">{ahead(nextScheduledAt, nowMs)}</span>
        </Fact>
        <Fact name="Begun in the last hour">
          {used}
          <span className="mt-1.5 block">
            <Meter label="Refreshes of this hour" value={startedLastHour} max={limitPerHour} text={`${used} refreshes begun`} />
          </span>
        </Fact>
      </dl>
      <div className="border-t px-5 py-4">
        <RefreshNow refreshes={refreshes} beginning={beginning} nowMs={nowMs} onAsked={onAsked} />
      </div>
    </Panel>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-faint text-sm">{name}</dt>
      <dd className="font-medium">{children}</dd>
    </div>
  );
}

function ahead(iso: string, nowMs: number): string {
  const seconds = Math.floor((Date.parse(iso) - nowMs) / 1_000);
  return seconds > 0 ? `in ${formatDuration(seconds)}` : "any moment now";
}
