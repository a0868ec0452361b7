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
/** Noted, and then its turn at the limits was over before it could go out: nothing left this house. */
const NOT_SENT = { label: "Not sent", tone: "neutral" } as const;
const SILENT = { label: "No answer recorded", tone: "warning" } as const;

/** Every request for this purchase, first to last. */
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

/** The supplier throttles with an HTTP answer; without one we held the request back ourselves. */
export const wasSent = ({ outcome, httpStatus }: Attempt): boolean => outcome !== "throttled" || httpStatus !== null;

function Row({ attempt }: { attempt: Attempt }) {
  const { number, startedAt, endedAt, httpStatus, outcome, words } = attempt;
  const sent = wasSent(attempt);
  const { label, tone } = !sent ? NOT_SENT : outcome === null ? SILENT : LOOKS[outcome];
  const took = endedAt === null ? null : formatDuration((Date.parse(endedAt) - Date.parse(startedAt)) / 1_000);
  return (
    <li className="px-5 py-3.5">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p className="font-medium">Attempt {number}</p>
        <Badge tone={tone}>{label}</Badge>
      </div>
      <p className="mt-1 break-words text-muted">{sent ? words : "Not sent: its slot was missed."}</p>
      <p className="mt-1 text-faint text-sm">
        <time dateTime={startedAt}>{formatExact(startedAt)}</time>
        {took === null ? "" : ` · ended after ${took}`}
        {httpStatus !== null ? ` · HTTP ${httpStatus}` : sent ? " · no HTTP answer" : ""}
      </p>
    </li>
  );
}
