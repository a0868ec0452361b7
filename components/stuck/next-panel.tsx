"use client";

import type { StuckDetail } from "@/lib/dispatch/stuck.schemas";
import { Panel } from "../ui/card";
import { Notice } from "../ui/notice";
import { useNow } from "../ui/use-now";
import { wasSent } from "./attempts-panel";
import { DueTime } from "./due-time";

const TITLES: Record<StuckDetail["next"]["action"], string> = {
  post: "Send the same request again",
  ask: "Ask the supplier",
  reject: "Return the money",
  done: "Nothing",
};

const FIRST_POST = "Send the request";

const TICK_MS = 1_000;
const SAME_TIME_MS = 3_000;

/** What the durable functions will do by themselves. */
export function NextPanel({ purchase }: { purchase: StuckDetail }) {
  const { action, at, words, nextCheckAt } = purchase.next;
  // Told only where it is still to come, and not the time of the action itself.
  const laterLook = Date.parse(nextCheckAt) - Math.max(useNow(TICK_MS), at === null ? 0 : Date.parse(at)) > SAME_TIME_MS;
  return (
    <Panel title="What happens next">
      <div className="px-5 pt-1 pb-5">
        <p className="font-medium">
          {action === "post" && !purchase.attempts.some(wasSent) ? FIRST_POST : TITLES[action]}
          {action === "done" ? null : (
            <>
              {" "}
              <span className="font-normal text-muted">
                <DueTime iso={at} />
              </span>
            </>
          )}
        </p>
        <p className="mt-1 text-muted text-sm">{words}</p>
        {action !== "done" && laterLook ? (
          <p className="mt-2 text-faint text-sm">
            Next look <DueTime iso={nextCheckAt} />, by itself.
          </p>
        ) : null}
      </div>
    </Panel>
  );
}

export function AdvicePanel({ purchase }: { purchase: StuckDetail }) {
  return (
    <Panel title="What you can do">
      <ul className="grid list-disc gap-2 px-5 pt-1 pb-4 ps-9">
        {purchase.advice.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {purchase.settledAt === null && (purchase.inDoubt || purchase.next.action === "ask") ? (
        <div className="px-5 pb-5">
          <Notice tone="info">
            <strong className="font-semibold">Why is there no refund or second purchase here?</strong> Silence is not a no. The
            supplier may have these cards on the way: a refund would give them away, and a second purchase would pay for them
            twice. Only a clear answer ends this: cards, or a definite no, which returns the money by itself.
          </Notice>
        </div>
      ) : null}
    </Panel>
  );
}
