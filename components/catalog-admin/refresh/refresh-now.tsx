"use client";

import { RefreshCw } from "lucide-react";
import { toast } from "sonner";
import type { Refreshes } from "@/lib/refresh/schemas";
import { formatClock, formatDuration } from "../../format/time";
import { isOutcomeUnknown } from "../../http/api-error";
import { describeError } from "../../http/describe-error";
import { useMay } from "../../session/api/get-me";
import { Button } from "../../ui/button";
import { nextAllowedOf, useAskRefresh } from "../api/ask-refresh";

interface Props {
  refreshes: Refreshes;
  beginning: boolean;
  nowMs: number;
  onAsked: () => void;
}

const NOTE_ID = "refresh-now-note";

/** The supplier allows a few full reads an hour, whoever asks; the button says when the next one may begin. */
export function RefreshNow({ refreshes, beginning, nowMs, onAsked }: Props) {
  const may = useMay("catalog.manage");
  const mutation = useAskRefresh();
  const waitMs = refreshes.nextAllowedAt === null ? 0 : Date.parse(refreshes.nextAllowedAt) - nowMs;
  const waits = refreshes.running || beginning || waitMs > 0;

  const ask = () =>
    mutation.mutate(undefined, {
      onSuccess: () => {
        onAsked();
        toast.success("The catalogue is being read", { description: "Its progress appears here by itself." });
      },
      onError: (error) => {
        if (isOutcomeUnknown(error)) {
          toast.warning("No answer came back", { description: "Look at the history before you ask again." });
          return;
        }
        const nextAt = nextAllowedOf(error);
        toast.error("No refresh was begun", {
          description: nextAt ? `The next one is allowed at ${formatClock(nextAt)}.` : describeError(error).detail,
        });
      },
    });

  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <Button
        look="primary"
        onClick={ask}
        busy={mutation.isPending || beginning}
        disabled={!may || waits}
        aria-describedby={NOTE_ID}
      >
        {mutation.isPending || beginning ? null : <RefreshCw aria-hidden="true" />}
        Refresh now
      </Button>
      <p id={NOTE_ID} className="min-w-0 text-muted text-sm">
        {may ? noteOf(refreshes, beginning, waitMs) : "Your role may look, not refresh. An admin can."}
      </p>
    </div>
  );
}

function noteOf({ running, nextAllowedAt, limitPerHour }: Refreshes, beginning: boolean, waitMs: number): string {
  if (running) return "One is running; it shows below how far it is.";
  if (beginning) return "Asked for. It begins in a moment.";
  if (nextAllowedAt !== null && waitMs > 0) {
    return `Next allowed at ${formatClock(nextAllowedAt)}, in ${formatDuration(Math.ceil(waitMs / 1_000))}. The supplier allows ${limitPerHour} full reads an hour.`;
  }
  return "Reads every page of the supplier's catalogue. Partners go on ordering meanwhile.";
}
