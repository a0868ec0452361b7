"use client";

import { useState } from "react";
import type { StuckDetail } from "@/lib/dispatch/stuck.schemas";
import { countOf, formatCount } from "../format/number";
import { formatDuration, formatExact } from "../format/time";
import { Button } from "../ui/button";
import { Panel } from "../ui/card";
import { Table, Td, Th } from "../ui/table";

type Read = StuckDetail["reads"][number];

const SHOWN_AT_FIRST = 6;
const COLUMNS = 4;

/** Every time the supplier was asked about it, newest first. */
export function ReadsPanel({ reads, count }: { reads: readonly Read[]; count: number }) {
  const [all, setAll] = useState(false);
  const shown = all ? reads : reads.slice(0, SHOWN_AT_FIRST);
  return (
    <Panel title="Times the supplier was asked" aside={asideOf(reads.length, count)} className="overflow-hidden">
      <Table caption="Reads of this purchase, newest first" className="border-t">
        <thead>
          <tr>
            <Th>When</Th>
            <Th>Answer</Th>
            <Th className="text-end">HTTP</Th>
            <Th className="text-end">Took</Th>
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>td]:border-b-0">
          {shown.map((read) => (
            <tr key={`${read.at} ${read.durationMs} ${read.outcome}`}>
              <Td className="text-muted sm:whitespace-nowrap">
                <time dateTime={read.at}>{formatExact(read.at)}</time>
              </Td>
              <Td className="min-w-40">{read.words}</Td>
              <Td className="text-end">{read.httpStatus ?? <span className="text-faint">none</span>}</Td>
              <Td className="whitespace-nowrap text-end text-muted">{formatDuration(read.durationMs / 1_000)}</Td>
            </tr>
          ))}
          {reads.length === 0 ? (
            <tr>
              <Td colSpan={COLUMNS} className="text-center text-faint">
                It was not asked about yet
              </Td>
            </tr>
          ) : null}
        </tbody>
      </Table>
      {reads.length > shown.length ? (
        <div className="border-t px-5 py-3">
          <Button size="sm" onClick={() => setAll(true)}>
            Show all {formatCount(reads.length)}
          </Button>
        </div>
      ) : null}
    </Panel>
  );
}

function asideOf(kept: number, count: number): string {
  return count > kept ? `${countOf(count, "read")} counted, the last ${formatCount(kept)} kept` : countOf(kept, "read");
}
