import { Skeleton } from "../ui/skeleton";

export function PurchaseSkeleton() {
  return (
    <div aria-busy="true">
      <span className="sr-only">Loading the purchase</span>
      <Skeleton className="mb-5 h-60 rounded-xl" />
      <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid gap-5">
          <Skeleton className="h-44 rounded-xl" />
          <Skeleton className="h-56 rounded-xl" />
        </div>
        <Skeleton className="h-72 rounded-xl" />
      </div>
    </div>
  );
}
