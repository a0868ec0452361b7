"use client";

import { Check, ChevronDown } from "lucide-react";
import { Select as Primitive } from "radix-ui";
import { cn } from "./cn";
import { fieldStyles } from "./input";

export interface SelectOption {
  value: string;
  label: string;
  note?: string;
}

interface Props {
  label: string;
  value: string | null;
  onChange: (value: string | null) => void;
  options: readonly SelectOption[];
  /** What no choice is called, such as "All countries". */
  anyLabel: string;
  className?: string;
}

/** The list cannot hold an empty value, so "no choice" travels as this word. */
const ANY = "any";

export function Select({ label, value, onChange, options, anyLabel, className }: Props) {
  return (
    <Primitive.Root value={value ?? ANY} onValueChange={(next) => onChange(next === ANY ? null : next)}>
      <Primitive.Trigger
        aria-label={label}
        className={cn(
          fieldStyles,
          "inline-flex items-center justify-between gap-2 text-start",
          value && "border-accent",
          className,
        )}
      >
        <span className="truncate">
          <Primitive.Value />
        </span>
        <ChevronDown className="size-4 shrink-0 text-faint" aria-hidden="true" />
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          position="popper"
          sideOffset={6}
          className="z-50 max-h-80 min-w-(--radix-select-trigger-width) animate-pop-in overflow-hidden rounded-xl border bg-surface p-1 shadow-float"
        >
          <Primitive.Viewport>
            <Item value={ANY} label={anyLabel} />
            {options.map((option) => (
              <Item key={option.value} {...option} />
            ))}
          </Primitive.Viewport>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function Item({ value, label, note }: SelectOption) {
  return (
    <Primitive.Item
      value={value}
      className="flex h-9 cursor-default select-none items-center gap-3 rounded-lg ps-2.5 pe-8 outline-none data-highlighted:bg-hover"
    >
      <Primitive.ItemText>{label}</Primitive.ItemText>
      {note ? <span className="ms-auto text-faint text-sm">{note}</span> : null}
      <Primitive.ItemIndicator className="absolute end-3">
        <Check className="size-4 text-accent-text" aria-hidden="true" />
      </Primitive.ItemIndicator>
    </Primitive.Item>
  );
}
