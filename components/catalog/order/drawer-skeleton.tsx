import { Repeat, Skeleton } from "../../ui/skeleton";

const DENOMINATIONS = 6;

export function DrawerSkeleton() {
  return (
    <div aria-busy="true" className="grid gap-6 p-6">
      <span className="sr-only">Loading the product</span>
      <div className="flex gap-4">
        <Skeleton className="size-14 rounded-xl" />
        <div className="grid flex-1 content-center gap-2">
          <Skeleton className="h-5 w-3/4" />
          <Skeleton className="h-4 w-1/3" />
        </div>
      </div>
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-3">
        <Repeat count={DENOMINATIONS}>{(index) => <Skeleton key={index} className="h-19 rounded-lg" />}</Repeat>
      </div>
      <Skeleton className="h-16" />
      <Skeleton className="h-16" />
      <Skeleton className="h-28 rounded-xl" />
    </div>
  );
}
