import type { TimelineEntry } from "@/lib/orders/schemas";
import { formatExact } from "../format/time";
import { Panel } from "../ui/card";
import { cn } from "../ui/cn";
import { timelineLook } from "./timeline-look";

/** What happened, newest first: the latest is what people came for. */
export function OrderTimeline({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <Panel title="Timeline">
      <ol className="px-5 pt-1 pb-5">
        {entries.toReversed().map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
    </Panel>
  );
}

function Entry({ entry }: { entry: TimelineEntry }) {
  const { icon: Icon, className } = timelineLook(entry.kind);
  return (
    <li className="group relative flex gap-3 pb-5 last:pb-0">
      <span aria-hidden="true" className="absolute start-[0.8125rem] top-7 bottom-0 w-px bg-line group-last:hidden" />
      <span className={cn("grid size-7 shrink-0 place-items-center rounded-full", className)}>
        <Icon className="size-4" aria-hidden="true" />
      </span>
      <div className="min-w-0 flex-1 pt-0.5">
        <p className="font-medium">{entry.title}</p>
        {entry.detail ? <p className="mt-0.5 break-words text-muted text-sm">{entry.detail}</p> : null}
        <p className="mt-0.5 text-faint text-xs">
          <time dateTime={entry.at}>{formatExact(entry.at)}</time>
        </p>
      </div>
    </li>
  );
}
