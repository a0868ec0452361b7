import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

export function Card({ className, ...rest }: ComponentProps<"div">) {
  return <div className={cn("rounded-xl border bg-surface shadow-raised", className)} {...rest} />;
}

interface PanelProps {
  title: string;
  /** What the figures are about, or a control, at the far end of the head. */
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** A card with a heading of the second level. */
export function Panel({ title, aside, children, className }: PanelProps) {
  return (
    <Card className={cn("flex min-w-0 flex-col", className)}>
      <div className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 gap-y-1 px-5 pt-4 pb-2">
        <h2 className="font-semibold text-base">{title}</h2>
        {aside ? <div className="text-faint text-sm">{aside}</div> : null}
      </div>
      {children}
    </Card>
  );
}
