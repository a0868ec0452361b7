"use client";

import { ChevronDown } from "lucide-react";
import { Popover } from "radix-ui";
import { cn } from "../../ui/cn";
import { fieldStyles } from "../../ui/input";
import { RangeFields } from "./range-fields";
import { rangeText } from "./range-text";
import type { Range } from "./use-ranges";

/** A range behind a button; what it is set to stands among the filters in use. Opens beside the button, within the page's search landmark. */
export function RangeFilter({ range }: { range: Range }) {
  return (
    <Popover.Root>
      <Popover.Trigger
        className={cn(
          fieldStyles,
          "inline-flex w-auto min-w-32 items-center justify-between gap-2",
          rangeText(range) && "border-accent",
        )}
      >
        {range.label}
        <ChevronDown className="size-4 shrink-0 text-faint" aria-hidden="true" />
      </Popover.Trigger>
      <Popover.Content
        aria-label={range.label}
        align="start"
        sideOffset={6}
        collisionPadding={12}
        className="z-30 w-72 animate-pop-in rounded-xl border bg-surface p-4 shadow-float"
      >
        <RangeFields range={range} />
      </Popover.Content>
    </Popover.Root>
  );
}
