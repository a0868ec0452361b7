import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Sixteen pixels of type on a phone keep the browser from zooming into the field. */
export const fieldStyles =
  "h-10 w-full rounded-lg border border-line-strong/70 bg-surface px-3 text-lg text-ink shadow-raised transition-colors placeholder:text-faint hover:border-line-strong focus-visible:border-accent focus-visible:outline-offset-0 aria-invalid:border-danger disabled:cursor-not-allowed disabled:bg-subtle md:h-9 md:text-base";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={cn(fieldStyles, className)} {...rest} />;
}
