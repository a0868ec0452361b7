import { Card } from "../ui/card";
import { Repeat, Skeleton } from "../ui/skeleton";

const ROWS = 8;

export function OrderListSkeleton() {
  return (
    <div aria-busy="true">
      <span className="sr-only">Loading orders</span>
      <Skeleton className="mb-3 h-5 w-32" />
      <Card className="divide-y">
        <Repeat count={ROWS}>
          {(index) => (
            <div key={index} className="flex h-14 items-center gap-6 px-4">
              <Skeleton className="h-4 w-20" />
              <Skeleton className="h-5 w-28 rounded-full" />
              <Skeleton className="hidden h-4 flex-1 md:block" />
              <Skeleton className="ms-auto h-4 w-20" />
            </div>
          )}
        </Repeat>
      </Card>
    </div>
  );
}
