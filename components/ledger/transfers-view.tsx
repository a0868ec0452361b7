"use client";

import { ArrowLeftRight, SearchX } from "lucide-react";
import { transferKinds } from "@/lib/wallet/ledger.schemas";
import { countOf } from "../format/number";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { EmptyState } from "../ui/empty-state";
import { ErrorState } from "../ui/error-state";
import { LoadMore } from "../ui/load-more";
import { Select } from "../ui/select";
import { useTransfers } from "./api/list-transfers";
import { TRANSFER_WORDS } from "./ledger-words";
import { ListSkeleton } from "./list-skeleton";
import { PartnerSelect } from "./partner-select";
import { TransferCards } from "./transfer-cards";
import { TransferTable } from "./transfer-table";
import { useLedgerUrl } from "./use-ledger-url";

const kindOptions = transferKinds.map((value) => ({ value, label: TRANSFER_WORDS[value] }));

export function TransfersView() {
  const [{ partner, kind }, setUrl] = useLedgerUrl();
  const query = useTransfers({ partnerId: partner, kind });
  return (
    <section aria-label="Transfers">
      <search className="mb-4 grid gap-2 sm:flex">
        <PartnerSelect value={partner} onChange={(partnerId) => setUrl({ partner: partnerId })} />
        <Select
          label="Kind"
          anyLabel="All kinds"
          className="sm:w-48"
          value={kind}
          onChange={(value) => setUrl({ kind: transferKinds.find((known) => known === value) ?? null })}
          options={kindOptions}
        />
      </search>
      <Content query={query} filtered={partner !== null || kind !== null} onClear={() => setUrl({ partner: null, kind: null })} />
    </section>
  );
}

interface ContentProps {
  query: ReturnType<typeof useTransfers>;
  filtered: boolean;
  onClear: () => void;
}

function Content({ query, filtered, onClear }: ContentProps) {
  if (query.isPending) return <ListSkeleton what="transfers" />;
  if (!query.data) {
    return (
      <Card>
        <ErrorState error={query.error} onRetry={query.refetch} busy={query.isFetching} />
      </Card>
    );
  }
  const transfers = query.data.pages.flatMap((page) => page.items);
  if (transfers.length === 0) return <Card>{filtered ? <NoneMatch onClear={onClear} /> : <NoneYet />}</Card>;
  return (
    <>
      <output className="mb-3 block text-faint text-sm">
        {countOf(transfers.length, "transfer")} shown, newest first{query.hasNextPage ? ", more below" : ""}
      </output>
      <div className={cn("transition-opacity", query.isPlaceholderData && "opacity-60")} aria-busy={query.isPlaceholderData}>
        <TransferTable transfers={transfers} />
        <TransferCards transfers={transfers} />
      </div>
      <LoadMore query={query} />
    </>
  );
}

function NoneMatch({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState
      icon={SearchX}
      title="No transfer matches"
      action={
        <Button look="primary" onClick={onClear}>
          Clear filters
        </Button>
      }
    >
      Nothing of this kind has moved for this partner.
    </EmptyState>
  );
}

function NoneYet() {
  return (
    <EmptyState icon={ArrowLeftRight} title="Nothing has moved yet">
      Top-ups, orders and corrections appear here as they are booked.
    </EmptyState>
  );
}
