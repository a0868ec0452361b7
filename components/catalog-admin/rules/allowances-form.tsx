"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import type { Allowances } from "@/lib/availability/schemas";
import type { ScopeChoice } from "@/lib/availability/scope.schemas";
import { Button } from "../../ui/button";
import { ErrorNotice } from "../../ui/error-notice";
import { Notice } from "../../ui/notice";
import { Segmented } from "../../ui/segmented";
import { useSetAllowances } from "../api/get-allowances";
import type { ScopeKind } from "../api/list-scopes";
import { useUnsaved } from "../unsaved-guard";
import { SCOPE_WORDS } from "./rule-words";
import { ScopeSearch } from "./scope-search";

const RANGES = [
  { value: "all", label: "The whole catalogue" },
  { value: "listed", label: "Listed only" },
] as const;
const KINDS = (["category", "brand", "product"] as const).map((value) => ({ value, label: SCOPE_WORDS[value] }));

interface Props {
  saved: Allowances;
  may: boolean;
  noteId: string;
}

type Draft = Pick<Allowances, "listedOnly" | "items">;

/** Edits a copy; nothing changes for the partner before it is saved, and leaving it unsaved is asked about. */
export function AllowancesForm({ saved, may, noteId }: Props) {
  const [edited, setEdited] = useState<Draft | null>(null);
  const mutation = useSetAllowances(saved.partnerId);
  const draft = edited ?? saved;
  const changed = wanted(draft) !== wanted(saved);
  useUnsaved(changed);

  const save = () =>
    mutation.mutate(
      { listedOnly: draft.listedOnly, items: draft.items.map(({ scope, scopeId }) => ({ scope, scopeId })) },
      {
        onSuccess: () => {
          setEdited(null);
          toast.success("What the partner may order is saved");
        },
      },
    );

  return (
    <fieldset disabled={!may} aria-describedby={may ? undefined : noteId} className="grid gap-4">
      <legend className="sr-only">What the partner may order</legend>
      <div>
        <Segmented
          label="Range"
          value={draft.listedOnly ? "listed" : "all"}
          options={RANGES}
          onChange={(range) => setEdited({ ...draft, listedOnly: range === "listed" })}
        />
      </div>
      {draft.listedOnly ? (
        <Listed draft={draft} may={may} onChange={(items) => setEdited({ ...draft, items })} />
      ) : (
        <p className="text-muted">
          Every product that has a price.
          {draft.items.length > 0 ? " The list that was made before is kept, and not used." : ""}
        </p>
      )}
      {mutation.error ? <ErrorNotice error={mutation.error} /> : null}
      {changed ? <Decide busy={mutation.isPending} onSave={save} onLeave={() => setEdited(null)} /> : null}
    </fieldset>
  );
}

function Decide({ busy, onSave, onLeave }: { busy: boolean; onSave: () => void; onLeave: () => void }) {
  return (
    <div className="flex flex-wrap gap-2">
      <Button look="primary" busy={busy} onClick={onSave}>
        Save what it may order
      </Button>
      <Button disabled={busy} onClick={onLeave}>
        Leave it as it was
      </Button>
    </div>
  );
}

interface ListedProps {
  draft: Draft;
  may: boolean;
  onChange: (items: Draft["items"]) => void;
}

function Listed({ draft: { items }, may, onChange }: ListedProps) {
  const [kind, setKind] = useState<ScopeKind>("category");
  const add = ({ scopeId, name }: ScopeChoice) => {
    if (!items.some((item) => item.scope === kind && item.scopeId === scopeId))
      onChange([...items, { scope: kind, scopeId, name }]);
  };
  return (
    <>
      {items.length === 0 ? (
        <Notice tone="warning">The list is empty: the partner sees no product and can order nothing.</Notice>
      ) : (
        <ul className="flex flex-wrap gap-2">
          {items.map((item) => (
            <li
              key={`${item.scope} ${item.scopeId}`}
              className="inline-flex max-w-full items-center gap-2 rounded-lg border bg-subtle py-0.5 ps-3 pe-0.5"
            >
              <span className="text-faint text-sm">{SCOPE_WORDS[item.scope]}</span>
              <span className="min-w-0 truncate font-medium">{item.name ?? `${item.scopeId}, gone from the catalogue`}</span>
              <Button
                look="ghost"
                size="icon"
                className="size-7"
                aria-label={`Take ${item.name ?? item.scopeId} off the list`}
                onClick={() => onChange(items.filter((other) => other !== item))}
              >
                <X aria-hidden="true" />
              </Button>
            </li>
          ))}
        </ul>
      )}
      {may ? (
        <div className="grid max-w-lg gap-2">
          <div>
            <Segmented label="Add by" value={kind} options={KINDS} onChange={setKind} />
          </div>
          <ScopeSearch key={kind} kind={kind} label={`Find a ${kind} to add`} onChoose={add} />
        </div>
      ) : null}
    </>
  );
}

/** The same text for the same wish, in whatever order it was put together. */
function wanted({ listedOnly, items }: Draft): string {
  return JSON.stringify([listedOnly, items.map(({ scope, scopeId }) => `${scope} ${scopeId}`).sort()]);
}
