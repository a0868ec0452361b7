"use client";

import { Scale, SearchX } from "lucide-react";
import { ADJUSTMENT_STATES } from "@/lib/wallet/ledger.schemas";
import { countOf } from "../format/number";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { EmptyState } from "../ui/empty-state";
import { ErrorState } from "../ui/error-state";
import { LoadMore } from "../ui/load-more";
import { Select } from "../ui/select";
import { AdjustmentItem } from "./adjustment-item";
import { useAdjustments } from "./api/list-adjustments";
import { ADJUSTMENT_LOOKS } from "./ledger-words";
import { ListSkeleton } from "./list-skeleton";
import { PartnerSelect } from "./partner-select";
import { useLedgerUrl } from "./use-ledger-url";

const statusOptions = ADJUSTMENT_STATES.map((value) => ({ value, label: ADJUSTMENT_LOOKS[value].label }));

export function AdjustmentsView() {
  const [{ partner, status }, setUrl] = useLedgerUrl();
  const query = useAdjustments({ partnerId: partner, status });
  return (
    <section aria-label="Adjustments">
      <search className="mb-4 grid gap-2 sm:flex">
        <PartnerSelect value={partner} onChange={(partnerId) => setUrl({ partner: partnerId })} />
        <Select
          label="Status"
          anyLabel="All statuses"
          className="sm:w-48"
          value={status}
          onChange={(value) => setUrl({ status: ADJUSTMENT_STATES.find((known) => known === value) ?? null })}
          options={statusOptions}
        />
      </search>
      <Content
        query={query}
        filtered={partner !== null || status !== null}
        onClear={() => setUrl({ partner: null, status: null })}
      />
    </section>
  );
}

interface ContentProps {
  query: ReturnType<typeof useAdjustments>;
  filtered: boolean;
  onClear: () => void;
}

function Content({ query, filtered, onClear }: ContentProps) {
  if (query.isPending) return <ListSkeleton what="adjustments" />;
  if (!query.data) {
    return (
      <Card>
        <ErrorState error={query.error} onRetry={query.refetch} busy={query.isFetching} />
      </Card>
    );
  }
  const adjustments = query.data.pages.flatMap((page) => page.items);
  if (adjustments.length === 0) return <Card>{filtered ? <NoneMatch onClear={onClear} /> : <NoneYet />}</Card>;
  return (
    <>
      <output className="mb-3 block text-faint text-sm">
        {countOf(adjustments.length, "adjustment")} shown, newest first{query.hasNextPage ? ", more below" : ""}
      </output>
      <Card className={cn("transition-opacity", query.isPlaceholderData && "opacity-60")} aria-busy={query.isPlaceholderData}>
        <ul className="divide-y">
          {adjustments.map((adjustment) => (
            <AdjustmentItem key={adjustment.id} adjustment={adjustment} />
          ))}
        </ul>
      </Card>
      <LoadMore query={query} />
    </>
  );
}

function NoneMatch({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState
      icon={SearchX}
      title="No adjustment matches"
      action={
        <Button look="primary" onClick={onClear}>
          Clear filters
        </Button>
      }
    >
      Another partner or status may have some.
    </EmptyState>
  );
}

function NoneYet() {
  return (
    <EmptyState icon={Scale} title="No adjustments yet">
      To correct a wallet by hand, choose Request adjustment in its menu under Wallets.
    </EmptyState>
  );
}
