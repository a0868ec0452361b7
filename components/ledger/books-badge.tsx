"use client";

import { CircleCheck, Clock, TriangleAlert } from "lucide-react";
import type { Ledger } from "@/lib/wallet/ledger.schemas";
import { Badge } from "../ui/badge";
import { RelativeTime } from "../ui/relative-time";
import { useNow } from "../ui/use-now";
import { booksState } from "./books-state";

const TICK_MS = 10_000;

interface Props {
  /** As the server told it at `readAtMs`, so that the clock of this computer does not matter. */
  ledger: Ledger;
  readAtMs: number;
}

export function BooksBadge({ ledger, readAtMs }: Props) {
  const state = booksState(ledger, Date.parse(ledger.at) + Math.max(useNow(TICK_MS) - readAtMs, 0));
  const [check] = ledger.checks;
  if (state === "out_of_balance") {
    return (
      <Badge tone="danger" icon={TriangleAlert}>
        Out of balance
      </Badge>
    );
  }
  if (state === "balanced") {
    return (
      <Badge tone="success" icon={CircleCheck}>
        Balanced
      </Badge>
    );
  }
  return (
    <Badge tone="neutral" icon={Clock}>
      {check ? (
        <span>
          Last checked <RelativeTime iso={check.finishedAt} />
        </span>
      ) : (
        "Not checked yet"
      )}
    </Badge>
  );
}
