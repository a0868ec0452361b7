"use client";

import { useRef } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { RULE_SCOPES } from "@/lib/price-rules/schemas";
import { Button } from "../../ui/button";
import { Segmented } from "../../ui/segmented";
import type { RuleDraft } from "./rule-draft";
import { SCOPE_WORDS } from "./rule-words";
import { ScopeSearch } from "./scope-search";

type Scope = RuleDraft["scope"];

const SCOPES = RULE_SCOPES.map((value) => ({ value, label: SCOPE_WORDS[value] })).reverse();

/** What the rule covers: everything else, or one thing that is looked for by name. */
export function ScopeField() {
  const { control, setValue, formState } = useFormContext<RuleDraft>();
  const [scope, scopeId, scopeName] = useWatch({ control, name: ["scope", "scopeId", "scopeName"] });
  const change = useRef<HTMLButtonElement>(null);

  const choose = (next: { scopeId: string; name: string } | null) => {
    setValue("scopeId", next?.scopeId ?? null, { shouldDirty: true, shouldValidate: next !== null });
    setValue("scopeName", next?.name ?? null);
    // The list that had the focus is gone with the choice.
    if (next) requestAnimationFrame(() => change.current?.focus());
  };
  const setScope = (next: Scope) => {
    setValue("scope", next, { shouldDirty: true });
    choose(null);
  };
  const problem = scope === "default" ? undefined : formState.errors.scopeId?.message;

  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 font-medium text-sm">Covers</legend>
      <div className="max-sm:[&_button]:px-2.5">
        <Segmented label="Covers" value={scope} options={SCOPES} onChange={setScope} />
      </div>
      {scope === "default" ? (
        <p className="text-faint text-sm">Everything that no other rule covers.</p>
      ) : scopeId === null ? (
        <ScopeSearch key={scope} kind={scope} label={`Find a ${scope}`} onChoose={choose} />
      ) : (
        <p className="flex items-center justify-between gap-3 rounded-lg border bg-subtle py-1.5 ps-3 pe-1.5">
          <span className="min-w-0 break-words font-medium">{scopeName ?? `${SCOPE_WORDS[scope]} ${scopeId}`}</span>
          <Button ref={change} size="sm" look="ghost" onClick={() => choose(null)}>
            Change
          </Button>
        </p>
      )}
      {problem ? (
        <p role="alert" className="text-danger text-sm">
          {problem}
        </p>
      ) : null}
    </fieldset>
  );
}
