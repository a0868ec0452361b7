import { Card } from "../ui/card";
import { Repeat, Skeleton } from "../ui/skeleton";

const ROWS = 3;

export function AlertsSkeleton() {
  return (
    <div aria-busy="true">
      <span className="sr-only">Loading alerts</span>
      <Skeleton className="mb-3 h-5 w-24" />
      <Card className="divide-y">
        <Repeat count={ROWS}>
          {(index) => (
            <div key={index} className="grid gap-2.5 px-5 py-4">
              <div className="flex items-center justify-between gap-6">
                <Skeleton className="h-4 w-3/5" />
                <Skeleton className="h-5 w-20 rounded-full" />
              </div>
              <Skeleton className="h-4 w-2/5" />
              <Skeleton className="h-4 w-1/2" />
            </div>
          )}
        </Repeat>
      </Card>
    </div>
  );
}
