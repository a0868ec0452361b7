"use client";

import { toast } from "sonner";
import type { Alert } from "@/lib/alerts/schemas";
import { isOutcomeUnknown } from "../http/api-error";
import { describeError } from "../http/describe-error";
import { Button } from "../ui/button";
import { useAcknowledgeAlert } from "./api/acknowledge-alert";

/** "Close" where that ends the alert, "Acknowledge" where it lasts until its cause is gone. */
export function AcknowledgeAlert({ alert, titleId }: { alert: Alert; titleId: string }) {
  const mutation = useAcknowledgeAlert(alert.id);
  const { closedByHand } = alert;

  const acknowledge = () =>
    mutation.mutate(undefined, {
      onSuccess: () =>
        closedByHand
          ? toast.success("The alert is closed", { description: "Should it happen again, a new one is raised." })
          : toast.success("The alert is acknowledged", { description: "It stays open until its cause is gone." }),
      onError: (error) =>
        isOutcomeUnknown(error)
          ? toast.warning("No answer came back", { description: "Look again before you repeat it." })
          : toast.error("Nothing was changed", { description: describeError(error).detail }),
    });

  return (
    <Button size="sm" onClick={acknowledge} busy={mutation.isPending} aria-describedby={titleId}>
      {closedByHand ? "Close" : "Acknowledge"}
    </Button>
  );
}
