import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

interface TableProps {
  /** What a screen reader announces the table as. */
  caption: string;
  children: ReactNode;
  className?: string;
}

/** What scrolls must be scrollable with keys too (WCAG 2.1.1). */
const reachableByKeyboard = { tabIndex: 0 };

/** A table that scrolls sideways inside its card instead of stretching the page. */
export function Table({ caption, children, className }: TableProps) {
  return (
    <section className={cn("relative overflow-x-auto", className)} aria-label={caption} {...reachableByKeyboard}>
      <table className="w-full border-collapse text-start">
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </section>
  );
}

export function Th({ className, ...rest }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      className={cn(
        "h-9 whitespace-nowrap border-b px-4 text-start font-medium text-faint text-xs first:ps-5 last:pe-5",
        className,
      )}
      {...rest}
    />
  );
}

export function Td({ className, ...rest }: ComponentProps<"td">) {
  return <td className={cn("h-12 border-b px-4 py-2 align-middle first:ps-5 last:pe-5", className)} {...rest} />;
}
