import { Skeleton } from "../ui/skeleton";

export function OrderSkeleton() {
  return (
    <div aria-busy="true">
      <span className="sr-only">Loading the order</span>
      <Skeleton className="mb-5 h-52 rounded-xl" />
      <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid content-start gap-5">
          <Skeleton className="h-40 rounded-xl" />
          <Skeleton className="h-64 rounded-xl" />
        </div>
        <Skeleton className="h-80 rounded-xl" />
      </div>
    </div>
  );
}
