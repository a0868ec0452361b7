"use client";

import type { ReactNode } from "react";
import type { StuckDetail } from "@/lib/dispatch/stuck.schemas";
import { formatCount } from "../format/number";
import { CopyButton } from "../ui/copy-button";
import { LiveIndicator } from "../ui/live-indicator";
import { Money } from "../ui/money";
import { RelativeTime } from "../ui/relative-time";
import { LIVE_MS } from "./api/get-stuck";
import { AskAgain } from "./ask-again";
import { PurchaseBadge } from "./purchase-badge";

const STALE_AFTER_MS = 5 * LIVE_MS;

interface Props {
  purchase: StuckDetail;
  readAtMs: number;
  failing: boolean;
}

export function PurchaseHead({ purchase, readAtMs, failing }: Props) {
  const { id, settledAt, askInSeconds } = purchase;
  return (
    <header className="mb-5 rounded-xl border bg-surface shadow-raised">
      <div className="px-5 py-5 sm:px-6">
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <h1 className="font-semibold text-2xl tracking-tight">Purchase</h1>
          {settledAt === null ? <LiveIndicator readAtMs={readAtMs} failing={failing} staleAfterMs={STALE_AFTER_MS} /> : null}
        </div>
        <p className="mt-1 flex items-center gap-1.5">
          <span className="sr-only">RequestId</span>
          <span className="break-all font-mono text-sm">{id}</span>
          <CopyButton text={id} label="Copy RequestId" />
        </p>
        <div className="mt-4 flex flex-wrap items-center gap-x-3 gap-y-2">
          <PurchaseBadge purchase={purchase} />
          <output className="min-w-0 font-medium">{purchase.lastAnswer}</output>
          {purchase.lastAnswerAt ? <RelativeTime iso={purchase.lastAnswerAt} className="text-faint text-sm" /> : null}
        </div>
        {askInSeconds === null ? null : (
          <AskAgain id={id} askInSeconds={askInSeconds} readAtMs={readAtMs} reads={purchase.next.action === "ask"} />
        )}
      </div>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 border-t px-5 py-4 sm:px-6 md:grid-cols-4">
        <Fact name={settledAt === null ? "In doubt since" : "Ended"}>
          <When iso={settledAt ?? purchase.since} none="Not in doubt" />
        </Fact>
        <Fact name={settledAt === null ? "Held for it" : "Was held for it"}>
          {purchase.sums.map((sum) => (
            <Money key={sum.currency} money={sum} className="block font-medium" />
          ))}
        </Fact>
        <Fact name="Cards">{formatCount(purchase.cards)}</Fact>
        <Fact name="Order at the supplier">
          {purchase.supplierOrderId === null ? (
            <span className="text-faint">Unknown</span>
          ) : (
            `${purchase.supplierOrderId} · ${purchase.supplierStatus ?? "no status"}`
          )}
        </Fact>
      </dl>
    </header>
  );
}

function When({ iso, none }: { iso: string | null; none: string }) {
  return iso === null ? <span className="text-faint">{none}</span> : <RelativeTime iso={iso} />;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-faint text-sm">{name}</dt>
      <dd className="mt-0.5 break-words">{children}</dd>
    </div>
  );
}
