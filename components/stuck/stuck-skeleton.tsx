import { Card } from "../ui/card";
import { Repeat, Skeleton } from "../ui/skeleton";

const ROWS = 4;

export function StuckSkeleton() {
  return (
    <div aria-busy="true">
      <span className="sr-only">Loading purchases in doubt</span>
      <Skeleton className="mb-3 h-5 w-36" />
      <Card className="divide-y">
        <Repeat count={ROWS}>
          {(index) => (
            <div key={index} className="flex h-16 items-center gap-6 px-5">
              <Skeleton className="h-4 w-24" />
              <Skeleton className="h-4 w-20" />
              <Skeleton className="hidden h-4 w-32 md:block" />
              <Skeleton className="hidden h-4 flex-1 md:block" />
              <Skeleton className="ms-auto h-5 w-24 rounded-full" />
            </div>
          )}
        </Repeat>
      </Card>
    </div>
  );
}
