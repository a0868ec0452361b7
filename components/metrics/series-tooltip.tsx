import { formatCount } from "../format/number";
import { formatExact } from "../format/time";
import type { SeriesLine, SeriesPoint } from "./series-chart";

interface Props {
  lines: readonly SeriesLine[];
  /** Filled in by the chart. */
  active?: boolean;
  payload?: readonly { payload: SeriesPoint }[];
}

export function SeriesTooltip({ lines, active, payload }: Props) {
  const point = payload?.[0]?.payload;
  if (!active || !point) return null;
  return (
    <div className="rounded-lg border bg-surface px-3 py-2 text-sm shadow-float">
      <p className="mb-1 text-faint text-xs">{formatExact(point.at)}</p>
      {lines.map(({ key, name, color }) => (
        <p key={key} className="flex items-center gap-2">
          <span aria-hidden="true" className="size-2 rounded-sm" style={{ background: color }} />
          <span className="text-muted">{name}</span>
          <span className="ms-auto ps-4 font-medium">{formatCount(point[key])}</span>
        </p>
      ))}
    </div>
  );
}
