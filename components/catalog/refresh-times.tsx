"use client";

import { formatAxisTime, formatExact } from "../format/time";
import { RelativeTime } from "../ui/relative-time";

interface Props {
  freshness: { asOf: string | null; nextRefreshAt: string };
}

/** When the supplier's prices and stock were last read, and when they will be again. */
export function RefreshTimes({ freshness: { asOf, nextRefreshAt } }: Props) {
  return (
    <>
      {asOf === null ? (
        "not read in full yet"
      ) : (
        <>
          read <RelativeTime iso={asOf} />
        </>
      )}
      , next refresh at{" "}
      <time dateTime={nextRefreshAt} title={formatExact(nextRefreshAt)}>
        {formatAxisTime(nextRefreshAt, false)}
      </time>
    </>
  );
}
