import { X } from "lucide-react";

interface Props {
  label: string;
  onRemove: () => void;
}

/** A filter in use; pressing it takes it away. */
export function FilterChip({ label, onRemove }: Props) {
  return (
    <button
      type="button"
      aria-label={`Remove filter: ${label}`}
      onClick={onRemove}
      className="inline-flex h-8 max-w-full items-center gap-1.5 rounded-full bg-accent-soft ps-3 pe-2 font-medium text-accent-text text-sm transition-colors hover:bg-hover"
    >
      <span className="truncate">{label}</span>
      <X className="size-3.5 shrink-0" aria-hidden="true" />
    </button>
  );
}
