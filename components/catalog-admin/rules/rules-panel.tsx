"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import type { PartnerChoice, Rule } from "@/lib/price-rules/schemas";
import { Button } from "../../ui/button";
import { Panel } from "../../ui/card";
import { ErrorState } from "../../ui/error-state";
import { Notice } from "../../ui/notice";
import { Skeleton } from "../../ui/skeleton";
import { useRules } from "../api/list-rules";
import { RuleItem } from "./rule-item";
import { RuleSheet } from "./rule-sheet";

interface Props {
  partner: PartnerChoice;
  may: boolean;
  noteId: string;
}

/** Null: no rule is open. A new one has no rule yet. */
type Open = { rule: Rule | null } | null;

export function RulesPanel({ partner, may, noteId }: Props) {
  const query = useRules(partner.id);
  const [open, setOpen] = useState<Open>(null);
  const add = (
    <Button size="sm" disabled={!may} aria-describedby={may ? undefined : noteId} onClick={() => setOpen({ rule: null })}>
      <Plus aria-hidden="true" />
      Add a price rule
    </Button>
  );
  return (
    <Panel title={`Prices of ${partner.name}`} aside={add}>
      {query.data ? (
        <Rules rules={query.data.items} partner={partner} may={may} noteId={noteId} onEdit={(rule) => setOpen({ rule })} />
      ) : query.isPending ? (
        <div aria-busy="true" className="grid gap-3 border-t px-5 py-4">
          <span className="sr-only">Loading the price rules</span>
          <Skeleton className="h-12" />
          <Skeleton className="h-12" />
        </div>
      ) : (
        <ErrorState error={query.error} onRetry={query.refetch} busy={query.isFetching} />
      )}
      <RuleSheet
        open={open}
        partner={partner}
        hasDefaultRule={query.data?.items.some(({ scope }) => scope === "default") ?? partner.hasDefaultRule}
        onClose={() => setOpen(null)}
      />
    </Panel>
  );
}

interface RulesProps extends Props {
  rules: readonly Rule[];
  onEdit: (rule: Rule) => void;
}

function Rules({ rules, partner, may, noteId, onEdit }: RulesProps) {
  const hasDefault = rules.some(({ scope }) => scope === "default");
  return (
    <>
      <p className="px-5 pb-3 text-muted">The first price rule that covers a product makes its price.</p>
      {hasDefault ? null : (
        <div className="px-5 pb-4">
          <Notice tone="warning">
            {rules.length === 0
              ? `${partner.name} has no price rule, so nothing has a price and nothing can be ordered. Add a default rule.`
              : "There is no default rule: what no rule covers has no price and cannot be ordered. Add a default rule."}
          </Notice>
        </div>
      )}
      <ol className="divide-y border-t empty:hidden">
        {rules.map((rule, index) => (
          <RuleItem
            key={rule.id}
            rule={rule}
            place={index + 1}
            currency={partner.currency}
            may={may}
            noteId={noteId}
            onEdit={() => onEdit(rule)}
          />
        ))}
      </ol>
    </>
  );
}
