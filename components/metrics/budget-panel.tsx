import type { Metrics } from "@/lib/metrics/schemas";
import { formatCount } from "../format/number";
import { formatClock, formatDuration } from "../format/time";
import { Panel } from "../ui/card";
import { Meter, type MeterTone } from "../ui/meter";

type Budget = Metrics["supplier"]["budgets"][number];

const NEARLY_USED = 0.8;

/** What the supplier still allows, endpoint by endpoint. */
export function BudgetPanel({ budgets }: { budgets: readonly Budget[] }) {
  return (
    <Panel title="Budgets">
      <ul className="grid gap-4 border-t px-5 py-4">
        {budgets.map((budget) => (
          <Row key={budget.name} budget={budget} />
        ))}
        {budgets.length === 0 ? <li className="text-faint">No budget is in use</li> : null}
      </ul>
    </Panel>
  );
}

function Row({ budget }: { budget: Budget }) {
  const { name, used, limit, windowSeconds, pausedUntil } = budget;
  const text = `${formatCount(used)} of ${formatCount(limit)}`;
  return (
    <li>
      <div className="mb-1.5 flex items-baseline justify-between gap-3 text-sm">
        <span className="truncate font-medium">{name}</span>
        <span className="whitespace-nowrap text-muted">
          {text} <span className="text-faint">in {formatDuration(windowSeconds)}</span>
        </span>
      </div>
      <Meter label={`Budget ${name}`} value={used} max={limit} text={`${text} calls used`} tone={toneOf(budget)} />
      {pausedUntil ? <p className="mt-1 text-sm text-warning">Paused until {formatClock(pausedUntil)}</p> : null}
    </li>
  );
}

function toneOf({ used, limit, pausedUntil }: Budget): MeterTone {
  if (pausedUntil) return "warning";
  if (used >= limit) return "danger";
  return used >= limit * NEARLY_USED ? "warning" : "accent";
}
