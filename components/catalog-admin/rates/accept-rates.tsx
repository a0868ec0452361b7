"use client";

import { useState } from "react";
import { toast } from "sonner";
import type { RatesView } from "@/lib/refresh/schemas";
import { useMay } from "../../session/api/get-me";
import { Button } from "../../ui/button";
import { useAcceptRates } from "../api/accept-rates";
import { Question } from "../question";

/** Puts a refused list in use, once an admin has looked at the reason. */
export function AcceptRates({ snapshot }: { snapshot: RatesView["history"][number] }) {
  const may = useMay("catalog.manage");
  const [asking, setAsking] = useState(false);
  const mutation = useAcceptRates(snapshot.id);
  const noteId = `accept-${snapshot.id}`;
  const close = () => {
    setAsking(false);
    mutation.reset();
  };
  const confirm = () =>
    mutation.mutate(undefined, {
      onSuccess: () => {
        toast.success("These rates are in use", { description: "Every price follows them from now on." });
        close();
      },
    });
  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2">
      <Button size="sm" disabled={!may} aria-describedby={may ? undefined : noteId} onClick={() => setAsking(true)}>
        Accept these rates
      </Button>
      {may ? null : (
        <p id={noteId} className="text-muted text-sm">
          Your role may look, not accept. An admin can.
        </p>
      )}
      <Question
        open={asking}
        onClose={close}
        title="Use the refused rates?"
        description={`Every partner's prices in other currencies follow this list at once, until the supplier sends another. It was refused because: ${snapshot.refusedBecause ?? "no reason was kept"}`}
        confirmLabel="Yes, use these rates"
        cancelLabel="Leave them refused"
        busy={mutation.isPending}
        look="danger"
        error={mutation.error}
        onConfirm={confirm}
      />
    </div>
  );
}
