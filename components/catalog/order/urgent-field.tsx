"use client";

import { Switch } from "radix-ui";
import { useMe } from "../../session/api/get-me";
import { fieldNoteId } from "../../ui/field";

interface Props {
  urgent: boolean;
  onChange: (urgent: boolean) => void;
}

/** Offered to partners who may use the urgent lane; others never see it. */
export function UrgentField({ urgent, onChange }: Props) {
  if (!useMe()?.partner?.urgentAllowed) return null;
  return (
    <div className="flex items-start justify-between gap-4">
      <div className="grid gap-0.5">
        <label htmlFor="urgent" className="font-medium text-sm">
          Urgent
        </label>
        <p id={fieldNoteId("urgent")} className="text-faint text-sm">
          Goes before all orders that are not urgent.
        </p>
      </div>
      <Switch.Root
        id="urgent"
        checked={urgent}
        onCheckedChange={onChange}
        aria-describedby={fieldNoteId("urgent")}
        className="mt-0.5 h-6 w-11 shrink-0 rounded-full border bg-hover p-0.5 transition-colors data-[state=checked]:border-accent data-[state=checked]:bg-accent"
      >
        <Switch.Thumb className="block size-4.5 rounded-full bg-surface shadow-raised transition-transform data-[state=checked]:translate-x-5 rtl:data-[state=checked]:-translate-x-5" />
      </Switch.Root>
    </div>
  );
}
