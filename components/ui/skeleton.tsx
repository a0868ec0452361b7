import { cn } from "./cn";

export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cn("block animate-pulse rounded-md bg-hover", className)} />;
}

interface RepeatProps {
  count: number;
  children: (index: number) => React.ReactNode;
}

/** The shape of a list that is still coming. */
export function Repeat({ count, children }: RepeatProps) {
  return Array.from({ length: count }, (_, index) => children(index));
}
