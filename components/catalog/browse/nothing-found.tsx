import { SearchX } from "lucide-react";
import { Button } from "../../ui/button";
import { Card } from "../../ui/card";
import { EmptyState } from "../../ui/empty-state";
import { activeFilters, type CatalogFilters } from "./catalog-filters";

interface Props {
  noun: string;
  filters: CatalogFilters;
  first: { asOf: string | null };
  onClear: () => void;
}

/** Why a list is empty, and the way out: nothing fits, the first refresh is still to come, or nothing is open to this partner. */
export function NothingFound({ noun, filters, first, onClear }: Props) {
  if (filters.search === "" && activeFilters(filters).length === 0) {
    return (
      <Card>
        <EmptyState icon={SearchX} title="The catalogue is empty">
          {first.asOf === null
            ? "The first refresh from the supplier has not finished. Products appear here as soon as it has."
            : "No product is open to your account. Ask your account manager to open some."}
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card>
      <EmptyState
        icon={SearchX}
        title={`No ${noun} matches`}
        action={
          <Button look="primary" onClick={onClear}>
            Clear search and filters
          </Button>
        }
      >
        Try fewer words, another country, or a wider range.
      </EmptyState>
    </Card>
  );
}
