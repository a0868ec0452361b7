"use client";

import { toast } from "sonner";
import { isOutcomeUnknown } from "../http/api-error";
import { describeError } from "../http/describe-error";
import { useMay } from "../session/api/get-me";
import { Button } from "../ui/button";
import { useNow } from "../ui/use-now";
import { useAskAgain } from "./api/ask-again";

interface Props {
  id: string;
  /** As the server told it at `readAtMs`, so that the clock of this computer does not matter. */
  askInSeconds: number;
  readAtMs: number;
  /** Whether a read is what comes next. */
  reads: boolean;
}

const TICK_MS = 1_000;
const NOTE_ID = "ask-again-note";

export function AskAgain({ id, askInSeconds, readAtMs, reads }: Props) {
  const mayAsk = useMay("purchases.ask");
  const mutation = useAskAgain(id);
  const waitSeconds = Math.ceil(askInSeconds - Math.max(useNow(TICK_MS) - readAtMs, 0) / 1_000);
  const note = !mayAsk
    ? "Your role may look, not ask. An admin can have it asked."
    : waitSeconds > 0
      ? `Asked for a moment ago: it goes out as soon as the limits allow. Again in ${waitSeconds} s.`
      : reads
        ? "Reads the purchase at the supplier now. It buys nothing and returns nothing by itself."
        : "Nothing is to be read of it as things stand: what happens next is told below. This only has it looked at now.";

  const ask = () =>
    mutation.mutate(undefined, {
      onSuccess: () =>
        toast.success(reads ? "The supplier is being asked" : "It is being looked at", {
          description: "The answer appears here by itself.",
        }),
      onError: (error) =>
        isOutcomeUnknown(error)
          ? toast.warning("No answer came back", { description: "Look again before you repeat it." })
          : toast.error("The supplier was not asked", { description: describeError(error).detail }),
    });

  return (
    <div className="mt-5 flex flex-wrap items-center gap-x-4 gap-y-2">
      <Button
        look="primary"
        onClick={ask}
        busy={mutation.isPending}
        disabled={!mayAsk || waitSeconds > 0}
        aria-describedby={NOTE_ID}
      >
        Ask the supplier again
      </Button>
      <p id={NOTE_ID} className="min-w-0 text-muted text-sm">
        {note}
      </p>
    </div>
  );
}
