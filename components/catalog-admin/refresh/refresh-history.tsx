import { History } from "lucide-react";
import type { Refresh } from "@/lib/refresh/schemas";
import { Card } from "../../ui/card";
import { EmptyState } from "../../ui/empty-state";
import { RefreshCards } from "./refresh-cards";
import { RefreshTable } from "./refresh-table";

/** The latest reads, newest first. */
export function RefreshHistory({ refreshes }: { refreshes: readonly Refresh[] }) {
  if (refreshes.length === 0) {
    return (
      <Card>
        <EmptyState icon={History} title="The catalogue was not read yet">
          The first read begins by itself when the system has started. Until it is complete partners see no products.
        </EmptyState>
      </Card>
    );
  }
  return (
    <div>
      <h2 className="mt-2 mb-3 font-semibold text-lg">History</h2>
      <RefreshTable refreshes={refreshes} />
      <RefreshCards refreshes={refreshes} />
    </div>
  );
}
