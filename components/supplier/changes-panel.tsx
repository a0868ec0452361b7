import { CircleSlash, ShieldCheck } from "lucide-react";
import type { BreakerChangeView } from "@/lib/supplier/schemas";
import { formatDuration } from "../format/time";
import { Panel } from "../ui/card";
import { cn } from "../ui/cn";
import { RelativeTime } from "../ui/relative-time";
import { endpointWords } from "./call-words";

/** What scrolls must be scrollable with keys too (WCAG 2.1.1). */
const reachableByKeyboard = { tabIndex: 0 };

/** When calls were stopped and let through again, newest first. */
export function ChangesPanel({ changes }: { changes: readonly BreakerChangeView[] }) {
  return (
    <Panel title="Breaker changes" className="overflow-hidden">
      {changes.length === 0 ? (
        <p className="border-t px-5 py-4 text-muted">The supplier has answered ever since: no breaker ever opened.</p>
      ) : (
        <section aria-label="Latest breaker changes" className="max-h-96 overflow-y-auto border-t" {...reachableByKeyboard}>
          <ol className="divide-y">
            {changes.map((change) => (
              <Item key={change.id} change={change} />
            ))}
          </ol>
        </section>
      )}
    </Panel>
  );
}

function Item({ change: { endpoint, change, failures, at, openForMs } }: { change: BreakerChangeView }) {
  const opened = change === "opened";
  const Icon = opened ? CircleSlash : ShieldCheck;
  const detail = opened
    ? `after ${failures} failures in a row`
    : openForMs === null
      ? "answered again"
      : `after ${formatDuration(openForMs / 1_000)}`;
  return (
    <li className="flex items-start gap-3 px-5 py-3">
      <Icon className={cn("mt-0.5 size-4 shrink-0", opened ? "text-danger" : "text-success")} aria-hidden="true" />
      <p className="min-w-0 flex-1">
        <span className="font-medium">
          {endpointWords(endpoint)} {opened ? "opened" : "closed"}
        </span>{" "}
        <span className="text-muted">{detail}</span>
      </p>
      <RelativeTime iso={at} className="whitespace-nowrap text-faint text-sm" />
    </li>
  );
}
