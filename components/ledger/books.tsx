import type { Ledger } from "@/lib/wallet/ledger.schemas";
import { countOf, formatCount } from "../format/number";
import { Card, Panel } from "../ui/card";
import { ErrorState } from "../ui/error-state";
import { RelativeTime } from "../ui/relative-time";
import { Skeleton } from "../ui/skeleton";
import type { useLedger } from "./api/get-ledger";
import { BooksBadge } from "./books-badge";
import { Findings } from "./findings";
import { TrialBalanceTable } from "./trial-balance-table";

/** Whether the books agree: now, by the sums, and when they were last replayed in full. */
export function Books({ query }: { query: ReturnType<typeof useLedger> }) {
  if (query.isPending) {
    return (
      <div aria-busy="true">
        <span className="sr-only">Loading the trial balance</span>
        <Skeleton className="h-80 rounded-xl" />
      </div>
    );
  }
  if (!query.data) {
    return (
      <Card>
        <ErrorState error={query.error} onRetry={query.refetch} busy={query.isFetching} />
      </Card>
    );
  }
  const [check] = query.data.checks;
  return (
    <Panel
      title="Trial balance"
      className="overflow-hidden"
      aside={<BooksBadge ledger={query.data} readAtMs={query.dataUpdatedAt} />}
    >
      <div className="px-5 pb-4">
        <LastCheck check={check} />
        {check && !check.ok ? <Findings findings={check.findings} found={check.found} /> : null}
      </div>
      {query.data.trialBalance.length > 0 ? (
        <>
          <div className="hidden sm:block">
            <TrialBalanceTable balances={query.data.trialBalance} />
          </div>
          {/* Beside each other the currencies would not fit a phone, and the last one not be seen. */}
          <div className="sm:hidden">
            {query.data.trialBalance.map((balance) => (
              <TrialBalanceTable key={balance.currency} balances={[balance]} />
            ))}
          </div>
        </>
      ) : (
        <p className="border-t px-5 py-4 text-muted">Nothing has moved yet. Record a first top-up on a wallet below.</p>
      )}
    </Panel>
  );
}

function LastCheck({ check }: { check: Ledger["checks"][number] | undefined }) {
  if (!check) return <p className="text-muted">No full check has run yet. One runs by itself every ten minutes.</p>;
  return (
    <p className="text-muted">
      Last full check <RelativeTime iso={check.finishedAt} />: {countOf(check.transfers, "transfer")} replayed,{" "}
      {check.ok ? "every balance and hold agrees." : `${formatCount(check.found)} wrong.`}
    </p>
  );
}
