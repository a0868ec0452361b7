import { Pencil } from "lucide-react";
import type { Rule } from "@/lib/price-rules/schemas";
import { Badge } from "../../ui/badge";
import { Button } from "../../ui/button";
import { RelativeTime } from "../../ui/relative-time";
import { RemoveRule } from "./remove-rule";
import { SCOPE_WORDS, subjectWords, termWords } from "./rule-words";

interface Props {
  rule: Rule;
  /** Its turn: 1 is asked first. */
  place: number;
  currency: string;
  may: boolean;
  noteId: string;
  onEdit: () => void;
}

export function RuleItem({ rule, place, currency, may, noteId, onEdit }: Props) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 px-5 py-3">
      <span className="w-5 shrink-0 text-end text-faint text-sm" aria-hidden="true">
        {place}
      </span>
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <Badge tone={rule.scope === "default" ? "neutral" : "accent"}>{SCOPE_WORDS[rule.scope]}</Badge>
          <span className="min-w-0 break-words font-medium">{subjectWords(rule)}</span>
        </p>
        <p className="mt-1 break-words">{termWords(rule, currency)}</p>
        <p className="mt-0.5 break-words text-faint text-sm">
          Partners read “{rule.name}” · {rule.updatedBy ? `${rule.updatedBy}, ` : "set "}
          <RelativeTime iso={rule.updatedAt} />
        </p>
      </div>
      <div className="flex gap-1 max-sm:ms-9">
        <Button
          size="sm"
          disabled={!may}
          aria-describedby={may ? undefined : noteId}
          aria-label={`Edit the price rule “${rule.name}”`}
          onClick={onEdit}
        >
          <Pencil aria-hidden="true" />
          Edit
        </Button>
        <RemoveRule rule={rule} may={may} noteId={noteId} />
      </div>
    </li>
  );
}
