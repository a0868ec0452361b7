import type { StuckDetail } from "@/lib/dispatch/stuck.schemas";
import { formatDuration, formatExact } from "../format/time";
import { Badge, type Tone } from "../ui/badge";
import { Panel } from "../ui/card";

type Attempt = StuckDetail["attempts"][number];

const LOOKS: Record<NonNullable<Attempt["outcome"]>, { label: string; tone: Tone }> = {
  placed: { label: "Taken in", tone: "success" },
  rejected: { label: "Refused", tone: "danger" },
  throttled: { label: "Too many requests", tone: "neutral" },
  unknown: { label: "No clear answer", tone: "warning" },
};
const SILENT = { label: "No answer recorded", tone: "warning" } as const;

/** Every request that was sent for this purchase, first to last. */
export function AttemptsPanel({ attempts }: { attempts: readonly Attempt[] }) {
  return (
    <Panel title="Requests sent" aside={attempts.length > 1 ? "All with the same RequestId and body" : undefined}>
      <ol className="divide-y border-t">
        {attempts.map((attempt) => (
          <Row key={attempt.number} attempt={attempt} />
        ))}
        {attempts.length === 0 ? <li className="px-5 py-4 text-muted">Nothing was sent yet.</li> : null}
      </ol>
    </Panel>
  );
}

function Row({ attempt }: { attempt: Attempt }) {
  const { number, startedAt, endedAt, httpStatus, outcome, words } = attempt;
  const { label, tone } = outcome === null ? SILENT : LOOKS[outcome];
  const took = endedAt === null ? null : formatDuration((Date.parse(endedAt) - Date.parse(startedAt)) / 1_000);
  return (
    <li className="px-5 py-3.5">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p className="font-medium">Attempt {number}</p>
        <Badge tone={tone}>{label}</Badge>
      </div>
      <p className="mt-1 break-words text-muted">{words}</p>
      <p className="mt-1 text-faint text-sm">
        <time dateTime={startedAt}>{formatExact(startedAt)}</time>
        {took === null ? "" : ` · ended after ${took}`}
        {httpStatus === null ? " · no HTTP answer" : ` · HTTP ${httpStatus}`}
      </p>
    </li>
  );
}
