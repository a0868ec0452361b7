"use client";

import { Bar, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { formatAxisTime } from "../format/time";
import type { SeriesLine, SeriesPoint } from "./series-chart";
import { SeriesTooltip } from "./series-tooltip";

interface Props {
  summary: string;
  series: readonly SeriesPoint[];
  lines: readonly SeriesLine[];
  byDay: boolean;
}

const HEIGHT_PX = 220;
const axis = { fontSize: 12, fill: "var(--faint)" };

/** One picture to a screen reader, named by its totals; the numbers are in the table beside it. */
export function SeriesPlot({ summary, series, lines, byDay }: Props) {
  return (
    <div role="img" aria-label={summary} className="px-2 pb-3">
      <ResponsiveContainer width="100%" height={HEIGHT_PX}>
        <ComposedChart
          data={[...series]}
          margin={{ top: 8, right: 12, bottom: 0, left: 0 }}
          accessibilityLayer={false}
          barGap={0}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="at"
            tickFormatter={(at: string) => formatAxisTime(at, byDay)}
            tick={axis}
            tickLine={false}
            axisLine={{ stroke: "var(--line)" }}
            minTickGap={40}
          />
          <YAxis allowDecimals={false} tick={axis} tickLine={false} axisLine={false} width={40} />
          <Tooltip
            content={<SeriesTooltip lines={lines} />}
            cursor={{ fill: "var(--hover)", opacity: 0.6 }}
            isAnimationActive={false}
          />
          {lines.map((line) =>
            line.shape === "bar" ? (
              <Bar key={line.key} dataKey={line.key} fill={line.color} stackId="all" maxBarSize={28} isAnimationActive={false} />
            ) : (
              <Line
                key={line.key}
                dataKey={line.key}
                stroke={line.color}
                strokeWidth={2}
                dot={false}
                type="monotone"
                isAnimationActive={false}
              />
            ),
          )}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}
