import type { ReactNode } from "react";
import { ListSkeleton } from "../ledger/list-skeleton";
import { Card } from "../ui/card";
import { ErrorState } from "../ui/error-state";

interface Props<T> {
  query: { data: T | undefined; isPending: boolean; error: unknown; isFetching: boolean; refetch: () => unknown };
  /** What is being read, such as "brands". */
  what: string;
  children: (data: T) => ReactNode;
}

/** What was read, or the shape of it while it comes, or why it did not. */
export function ViewState<T>({ query, what, children }: Props<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isPending) return <ListSkeleton what={what} />;
  return (
    <Card>
      <ErrorState error={query.error} onRetry={query.refetch} busy={query.isFetching} />
    </Card>
  );
}
