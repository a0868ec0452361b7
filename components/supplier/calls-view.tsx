"use client";

import { PhoneCall, SearchX } from "lucide-react";
import { CALL_OUTCOMES, SUPPLIER_ENDPOINTS } from "@/lib/supplier/schemas";
import { countOf } from "../format/number";
import { ListSkeleton } from "../ledger/list-skeleton";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { EmptyState } from "../ui/empty-state";
import { ErrorState } from "../ui/error-state";
import { LoadMore } from "../ui/load-more";
import { Select } from "../ui/select";
import { useCalls } from "./api/list-calls";
import { CallCards } from "./call-cards";
import { CallTable } from "./call-table";
import { endpointWords, outcomeLook } from "./call-words";
import { useSupplierUrl } from "./use-supplier-url";

const endpointOptions = SUPPLIER_ENDPOINTS.map((value) => ({ value, label: endpointWords(value) }));
const outcomeOptions = CALL_OUTCOMES.map((value) => ({ value, label: outcomeLook(value).label }));

export function CallsView() {
  const [{ endpoint, outcome }, setUrl] = useSupplierUrl();
  const query = useCalls({ endpoint, outcome });
  return (
    <section aria-labelledby="supplier-calls">
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <h2 id="supplier-calls" className="font-semibold text-lg">
          Calls
        </h2>
        <search className="grid w-full gap-2 sm:flex sm:w-auto">
          <Select
            label="Endpoint"
            anyLabel="All endpoints"
            className="sm:w-48"
            value={endpoint}
            onChange={(value) => setUrl({ endpoint: SUPPLIER_ENDPOINTS.find((known) => known === value) ?? null })}
            options={endpointOptions}
          />
          <Select
            label="Outcome"
            anyLabel="All outcomes"
            className="sm:w-48"
            value={outcome}
            onChange={(value) => setUrl({ outcome: CALL_OUTCOMES.find((known) => known === value) ?? null })}
            options={outcomeOptions}
          />
        </search>
      </div>
      <Content
        query={query}
        filtered={endpoint !== null || outcome !== null}
        onClear={() => setUrl({ endpoint: null, outcome: null })}
      />
    </section>
  );
}

interface ContentProps {
  query: ReturnType<typeof useCalls>;
  filtered: boolean;
  onClear: () => void;
}

function Content({ query, filtered, onClear }: ContentProps) {
  if (query.isPending) return <ListSkeleton what="calls" />;
  if (!query.data) {
    return (
      <Card>
        <ErrorState error={query.error} onRetry={query.refetch} busy={query.isFetching} />
      </Card>
    );
  }
  const calls = query.data.pages.flatMap((page) => page.items);
  if (calls.length === 0) return <Card>{filtered ? <NoneMatch onClear={onClear} /> : <NoneYet />}</Card>;
  return (
    <>
      <output className="mb-3 block text-faint text-sm">
        {countOf(calls.length, "call")} shown, newest first{query.hasNextPage ? ", more below" : ""}
      </output>
      <div className={cn("transition-opacity", query.isPlaceholderData && "opacity-60")} aria-busy={query.isPlaceholderData}>
        <CallTable calls={calls} />
        <CallCards calls={calls} />
      </div>
      <LoadMore query={query} />
    </>
  );
}

function NoneMatch({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState
      icon={SearchX}
      title="No call matches"
      action={
        <Button look="primary" onClick={onClear}>
          Clear filters
        </Button>
      }
    >
      No call to this endpoint ended so within the days that are kept.
    </EmptyState>
  );
}

function NoneYet() {
  return (
    <EmptyState icon={PhoneCall} title="The supplier was not called yet">
      Each purchase, each read and each refresh of the catalogue appears here as it ends.
    </EmptyState>
  );
}
