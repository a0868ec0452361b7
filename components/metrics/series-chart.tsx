"use client";

import { ChartColumn, Table2 } from "lucide-react";
import { useState } from "react";
import type { Metrics } from "@/lib/metrics/schemas";
import { formatCount } from "../format/number";
import { Button } from "../ui/button";
import { Panel } from "../ui/card";
import { SeriesPlot } from "./series-plot";
import { SeriesTable } from "./series-table";

export type SeriesPoint = Metrics["series"][number];

export interface SeriesLine {
  key: Exclude<keyof SeriesPoint, "at">;
  name: string;
  color: string;
  shape: "bar" | "line";
}

interface Props {
  title: string;
  series: readonly SeriesPoint[];
  lines: readonly SeriesLine[];
  byDay: boolean;
}

/** Counts over the window, as a picture or as a table of the same numbers. */
export function SeriesChart({ title, series, lines, byDay }: Props) {
  const [asTable, setAsTable] = useState(false);
  const totals = lines.map((line) => ({ ...line, total: series.reduce((sum, point) => sum + point[line.key], 0) }));
  const summary = `${title}: ${totals.map(({ name, total }) => `${formatCount(total)} ${name.toLowerCase()}`).join(", ")}`;
  const Icon = asTable ? ChartColumn : Table2;
  return (
    <Panel
      title={title}
      aside={
        <Button look="ghost" size="sm" onClick={() => setAsTable(!asTable)}>
          <Icon aria-hidden="true" />
          {asTable ? "Chart" : "Table"}
          <span className="sr-only"> of {title.toLowerCase()}</span>
        </Button>
      }
    >
      <ul className="flex flex-wrap gap-x-5 gap-y-1 px-5 pb-2 text-sm">
        {totals.map(({ key, name, color, total }) => (
          <li key={key} className="flex items-center gap-2 text-muted">
            <span aria-hidden="true" className="size-2.5 rounded-sm" style={{ background: color }} />
            {name} <span className="font-semibold text-ink">{formatCount(total)}</span>
          </li>
        ))}
      </ul>
      {asTable ? (
        <SeriesTable caption={summary} series={series} lines={lines} byDay={byDay} />
      ) : (
        <SeriesPlot summary={summary} series={series} lines={lines} byDay={byDay} />
      )}
    </Panel>
  );
}
