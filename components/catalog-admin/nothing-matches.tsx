import { SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";

interface Props {
  title: string;
  onClear: () => void;
  /** What else to try. */
  children: ReactNode;
}

/** A list of which the filters in use leave nothing. */
export function NothingMatches({ title, onClear, children }: Props) {
  return (
    <EmptyState
      icon={SearchX}
      title={title}
      action={
        <Button look="primary" onClick={onClear}>
          Clear filters
        </Button>
      }
    >
      {children}
    </EmptyState>
  );
}
