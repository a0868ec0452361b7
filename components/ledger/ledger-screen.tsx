"use client";

import { LiveIndicator } from "../ui/live-indicator";
import { PageHeader } from "../ui/page-header";
import { Segmented } from "../ui/segmented";
import { AdjustmentsView } from "./adjustments-view";
import { useLedger } from "./api/get-ledger";
import { Books } from "./books";
import { TransfersView } from "./transfers-view";
import { useLedgerUrl } from "./use-ledger-url";
import { WalletsView } from "./wallets-view";

const VIEWS = [
  { value: "wallets", label: "Wallets" },
  { value: "transfers", label: "Transfers" },
  { value: "adjustments", label: "Adjustments" },
] as const;

/** Three refreshes missed. */
const STALE_AFTER_MS = 32_000;

export function LedgerScreen() {
  const [{ view }, setUrl] = useLedgerUrl();
  const books = useLedger();
  return (
    <>
      <PageHeader
        title="Ledger"
        description="Every amount that moved, and whether the books agree."
        actions={
          books.data ? (
            <LiveIndicator
              readAtMs={books.dataUpdatedAt}
              failing={books.failureCount > 0 || books.fetchStatus === "paused"}
              staleAfterMs={STALE_AFTER_MS}
            />
          ) : null
        }
      />
      <Books query={books} />
      <div className="mt-8 mb-4">
        <Segmented label="Show" value={view} options={VIEWS} onChange={(next) => setUrl({ view: next })} />
      </div>
      {view === "wallets" ? <WalletsView /> : view === "transfers" ? <TransfersView /> : <AdjustmentsView />}
    </>
  );
}
