import { formatCount } from "../format/number";
import { formatAxisTime, formatExact } from "../format/time";
import { Table, Td, Th } from "../ui/table";
import type { SeriesLine, SeriesPoint } from "./series-chart";

interface Props {
  caption: string;
  series: readonly SeriesPoint[];
  lines: readonly SeriesLine[];
  byDay: boolean;
}

export function SeriesTable({ caption, series, lines, byDay }: Props) {
  return (
    <Table caption={caption} className="max-h-58 overflow-y-auto border-t">
      <thead className="sticky top-0 bg-surface">
        <tr>
          <Th>From</Th>
          {lines.map(({ key, name }) => (
            <Th key={key} className="text-end">
              {name}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {series.toReversed().map((point) => (
          <tr key={point.at}>
            <Td className="h-9 whitespace-nowrap py-1">
              <time dateTime={point.at} title={formatExact(point.at)}>
                {byDay ? formatExact(point.at) : formatAxisTime(point.at, false)}
              </time>
            </Td>
            {lines.map(({ key }) => (
              <Td key={key} className="h-9 py-1 text-end">
                {formatCount(point[key])}
              </Td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
