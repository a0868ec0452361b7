"use client";

import { useState } from "react";
import { toast } from "sonner";
import type { Adjustment } from "@/lib/wallet/ledger.schemas";
import { formatMoney } from "../format/money";
import { isOutcomeUnknown } from "../http/api-error";
import { describeError } from "../http/describe-error";
import { useMay, useMe } from "../session/api/get-me";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/dialog";
import { type Decision, useDecideAdjustment } from "./api/decide-adjustment";

const QUESTIONS: Record<Decision, { title: string; confirmLabel: string; outcome: string }> = {
  approval: { title: "Approve this adjustment?", confirmLabel: "Yes, post it", outcome: "is posted" },
  decline: { title: "Decline this adjustment?", confirmLabel: "Yes, decline it", outcome: "is declined" },
};

/** Approve or decline one that waits. Nobody approves their own; the server and the database hold that too. */
export function DecideAdjustment({ adjustment }: { adjustment: Adjustment }) {
  const mayAdjust = useMay("ledger.adjust");
  const own = useMe()?.user.id === adjustment.requestedBy.id;
  const [asking, setAsking] = useState<Decision | null>(null);
  const mutation = useDecideAdjustment(adjustment.id);
  const told = `${formatMoney(adjustment.amount)} for ${adjustment.partnerName}`;
  const noteId = `decide-${adjustment.id}`;
  const note = !mayAdjust
    ? "Your role may look, not decide. An admin can."
    : own
      ? "You asked for it, so another admin must approve it."
      : null;

  const confirm = (decision: Decision) =>
    mutation.mutate(decision, {
      onSuccess: () => toast.success(`${told} ${QUESTIONS[decision].outcome}`),
      onError: (error) =>
        isOutcomeUnknown(error)
          ? toast.warning("No answer came back", { description: "Look again before you repeat it." })
          : toast.error("Nothing was decided", { description: describeError(error).detail }),
      onSettled: () => setAsking(null),
    });

  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2">
      <Button
        look="primary"
        size="sm"
        disabled={!mayAdjust || own}
        aria-describedby={note ? noteId : undefined}
        onClick={() => setAsking("approval")}
      >
        Approve
      </Button>
      <Button size="sm" disabled={!mayAdjust} onClick={() => setAsking("decline")}>
        Decline
      </Button>
      {note ? (
        <p id={noteId} className="text-muted text-sm">
          {note}
        </p>
      ) : null}
      {asking ? (
        <ConfirmDialog
          open
          onOpenChange={(open) => (open ? undefined : setAsking(null))}
          title={QUESTIONS[asking].title}
          description={
            asking === "approval"
              ? `${told} moves at once and cannot be taken back, only corrected by another adjustment. Reason given: ${adjustment.reason}`
              : `${told} will not move. ${adjustment.requestedBy.name} can ask again.`
          }
          confirmLabel={QUESTIONS[asking].confirmLabel}
          cancelLabel="Not now"
          busy={mutation.isPending}
          look={asking === "approval" ? "primary" : "danger"}
          onConfirm={() => confirm(asking)}
        />
      ) : null}
    </div>
  );
}
