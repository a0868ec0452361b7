import { Repeat, Skeleton } from "../../ui/skeleton";
import { gridStyles } from "./grid-styles";

const COUNT = 12;

/** The shape of the cards of brands and of products, which are alike. */
export function CardSkeletons({ noun }: { noun: string }) {
  return (
    <div aria-busy="true">
      <span className="sr-only">Loading {noun}s</span>
      <Skeleton className="mb-3 h-5 w-40" />
      <div className={gridStyles}>
        <Repeat count={COUNT}>
          {(index) => (
            <div key={index} className="rounded-xl border bg-surface">
              <div className="flex gap-3 px-4 pt-4 pb-3">
                <Skeleton className="size-11 rounded-lg" />
                <div className="grid flex-1 content-start gap-2">
                  <Skeleton className="h-4 w-4/5" />
                  <Skeleton className="h-3.5 w-2/5" />
                </div>
              </div>
              <div className="grid grid-cols-3 gap-4 border-t px-4 py-3">
                <Skeleton className="h-8" />
                <Skeleton className="h-8" />
                <Skeleton className="h-8" />
              </div>
            </div>
          )}
        </Repeat>
      </div>
    </div>
  );
}
