"use client";

import type { PartnerChoice } from "@/lib/price-rules/schemas";
import { Panel } from "../../ui/card";
import { ErrorState } from "../../ui/error-state";
import { Skeleton } from "../../ui/skeleton";
import { useAllowances } from "../api/get-allowances";
import { AllowancesForm } from "./allowances-form";

interface Props {
  partner: PartnerChoice;
  may: boolean;
  noteId: string;
}

/** What the partner may see and order. */
export function AllowancesPanel({ partner, may, noteId }: Props) {
  const query = useAllowances(partner.id);
  return (
    <Panel title={`What ${partner.name} may order`}>
      <div className="border-t px-5 py-4">
        {query.data ? (
          <AllowancesForm saved={query.data} may={may} noteId={noteId} />
        ) : query.isPending ? (
          <div aria-busy="true" className="grid gap-3">
            <span className="sr-only">Loading what the partner may order</span>
            <Skeleton className="h-8 w-64" />
            <Skeleton className="h-12" />
          </div>
        ) : (
          <ErrorState error={query.error} onRetry={query.refetch} busy={query.isFetching} />
        )}
      </div>
    </Panel>
  );
}
