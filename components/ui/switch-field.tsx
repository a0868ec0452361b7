"use client";

import { Switch } from "radix-ui";
import { useId } from "react";

interface Props {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** A setting that is on or off, with its words beside it. */
export function SwitchField({ label, checked, onChange }: Props) {
  const id = useId();
  return (
    <div className="flex min-h-9 items-center gap-2.5 px-1">
      <Switch.Root
        id={id}
        checked={checked}
        onCheckedChange={onChange}
        className="h-5 w-9 shrink-0 rounded-full bg-line-strong transition-colors data-[state=checked]:bg-accent"
      >
        <Switch.Thumb className="block size-4 translate-x-0.5 rounded-full bg-surface transition-transform data-[state=checked]:translate-x-[1.125rem] rtl:-translate-x-0.5 rtl:data-[state=checked]:-translate-x-[1.125rem]" />
      </Switch.Root>
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
    </div>
  );
}
