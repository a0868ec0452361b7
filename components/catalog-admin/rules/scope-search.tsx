"use client";

import { Command } from "cmdk";
import { useState } from "react";
import type { ScopeChoice } from "@/lib/availability/scope.schemas";
import { ErrorNotice } from "../../ui/error-notice";
import { fieldStyles } from "../../ui/input";
import { useDebounced } from "../../ui/use-debounced";
import { type ScopeKind, useScopes } from "../api/list-scopes";

interface Props {
  kind: ScopeKind;
  /** Of the search field, such as "Find a brand". */
  label: string;
  onChoose: (choice: ScopeChoice) => void;
}

const REST_MS = 150;
const MAX_SEARCH_LENGTH = 100;

/** A list to choose from that the server narrows while one types; arrows and Enter choose. */
export function ScopeSearch({ kind, label, onChoose }: Props) {
  const [typed, setTyped] = useState("");
  const query = useScopes(kind, useDebounced(typed.trim(), REST_MS));
  const [pointed, setPointed] = useState("");
  const choices = query.data ?? [];
  // The first is marked as soon as the list has come, so that Enter chooses it.
  const marked = choices.some(({ scopeId }) => scopeId === pointed) ? pointed : (choices[0]?.scopeId ?? "");
  return (
    <Command
      shouldFilter={false}
      label={label}
      value={marked}
      onValueChange={setPointed}
      className="overflow-hidden rounded-lg border border-line-strong/70 bg-surface shadow-raised focus-within:outline-2 focus-within:outline-accent"
    >
      <Command.Input
        value={typed}
        onValueChange={setTyped}
        maxLength={MAX_SEARCH_LENGTH}
        placeholder={label}
        className={`${fieldStyles} rounded-none border-0 border-line border-b shadow-none outline-none`}
      />
      <Command.List label={`${label}: what was found`} aria-busy={query.isFetching} className="max-h-52 overflow-y-auto p-1">
        {choices.map((choice) => (
          <Command.Item
            key={choice.scopeId}
            value={choice.scopeId}
            onSelect={() => onChoose(choice)}
            className="flex min-h-9 cursor-default select-none items-center gap-3 rounded-lg px-2.5 py-1 data-[selected=true]:bg-hover"
          >
            <span className="min-w-0 flex-1 truncate">{choice.name}</span>
            {choice.note ? <span className="max-w-[45%] truncate text-faint text-sm">{choice.note}</span> : null}
          </Command.Item>
        ))}
      </Command.List>
      {query.isPending ? <Note>Looking…</Note> : null}
      {query.isSuccess && choices.length === 0 ? <Note>Nothing has this name. Try fewer letters.</Note> : null}
      {query.isError ? (
        <div className="p-2">
          <ErrorNotice error={query.error} />
        </div>
      ) : null}
    </Command>
  );
}

function Note({ children }: { children: string }) {
  return <output className="block px-3 pb-2 text-faint text-sm">{children}</output>;
}
