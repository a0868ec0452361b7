import { Card } from "../ui/card";
import { Repeat, Skeleton } from "../ui/skeleton";

const ROWS = 6;

export function ListSkeleton({ what }: { what: string }) {
  return (
    <div aria-busy="true">
      <span className="sr-only">Loading {what}</span>
      <Card className="divide-y">
        <Repeat count={ROWS}>
          {(index) => (
            <div key={index} className="flex h-14 items-center gap-6 px-5">
              <Skeleton className="h-4 w-36" />
              <Skeleton className="hidden h-4 flex-1 md:block" />
              <Skeleton className="ms-auto h-4 w-24" />
            </div>
          )}
        </Repeat>
      </Card>
    </div>
  );
}
