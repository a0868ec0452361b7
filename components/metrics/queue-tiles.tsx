import type { Metrics } from "@/lib/metrics/schemas";
import { formatCount } from "../format/number";
import { formatDuration } from "../format/time";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";

/** An order that waits longer than this, or an event that does not leave, deserves a look. */
const WAIT_WARNING_SECONDS = 120;
const OUTBOX_WARNING = 50;

export function QueueTiles({ metrics }: { metrics: Metrics }) {
  const { waiting, oldestWaitingSeconds, processing, confirming, outboxUnsent } = metrics.queue;
  return (
    <section aria-label="Queue now">
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-6">
        <Tile name="Waiting" value={formatCount(waiting)} />
        <Tile
          name="Oldest waiting"
          value={oldestWaitingSeconds === null ? "None" : formatDuration(oldestWaitingSeconds)}
          warn={(oldestWaitingSeconds ?? 0) > WAIT_WARNING_SECONDS}
        />
        <Tile name="Processing" value={formatCount(processing)} />
        <Tile name="Confirming" value={formatCount(confirming)} warn={confirming > 0} />
        <Tile name="Outbox unsent" value={formatCount(outboxUnsent)} warn={outboxUnsent > OUTBOX_WARNING} />
        <Tile name="In doubt" value={formatCount(metrics.inDoubt.length)} warn={metrics.inDoubt.length > 0} />
      </dl>
    </section>
  );
}

function Tile({ name, value, warn = false }: { name: string; value: string; warn?: boolean }) {
  return (
    <Card className={cn("px-4 py-3", warn && "border-warning/40 bg-warning-soft")}>
      <dt className={cn("text-sm", warn ? "text-warning" : "text-faint")}>{name}</dt>
      <dd className={cn("mt-0.5 font-semibold text-xl tracking-tight", warn && "text-warning")}>
        {value}
        {warn ? <span className="sr-only"> (needs a look)</span> : null}
      </dd>
    </Card>
  );
}
