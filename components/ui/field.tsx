import type { ReactNode } from "react";

interface Props {
  id: string;
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  children: ReactNode;
}

/** Label, control, and below it the error or else the hint. The control names them with `aria-describedby={fieldNoteId(id)}`. */
export function Field({ id, label, hint, error, children }: Props) {
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      {children}
      <p id={fieldNoteId(id)} className={error ? "text-danger text-sm" : "text-faint text-sm empty:hidden"}>
        {error ?? hint}
      </p>
    </div>
  );
}

export const fieldNoteId = (id: string): string => `${id}-note`;
