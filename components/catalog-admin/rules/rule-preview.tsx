"use client";

import { useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import type { PartnerChoice, Preview, PreviewInput } from "@/lib/price-rules/schemas";
import { formatCount } from "../../format/number";
import { cn } from "../../ui/cn";
import { ErrorNotice } from "../../ui/error-notice";
import { Notice } from "../../ui/notice";
import { SearchBox } from "../../ui/search-box";
import { Skeleton } from "../../ui/skeleton";
import { SwitchField } from "../../ui/switch-field";
import { usePreview } from "../api/preview-rule";
import { PreviewList } from "./preview-list";
import { type RuleDraft, ruleForm } from "./rule-draft";

interface Props {
  ruleId: string | null;
  partner: PartnerChoice;
}

/** What the rule would do to this partner's prices, as it is typed. */
export function RulePreview({ ruleId, partner }: Props) {
  const { control } = useFormContext<RuleDraft>();
  const draft = useWatch({ control });
  const [search, setSearch] = useState("");
  const [belowOnly, setBelowOnly] = useState(false);
  const input = inputOf(draft, partner, { ruleId, search, belowOnly });
  const { query, current } = usePreview(input);
  return (
    <section aria-label="Preview" className="grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h3 className="font-semibold">What it would do</h3>
        <span className="text-faint text-sm" aria-live="polite">
          {input === null ? "" : current ? "Up to date" : query.isError ? "" : "Trying it…"}
        </span>
      </div>
      {query.isError && input !== null ? <ErrorNotice error={query.error} /> : null}
      {input === null ? <p className="text-muted">Complete the rule, and its effect on the whole catalogue shows here.</p> : null}
      {query.data && input !== null ? (
        <div className={cn("grid gap-4 transition-opacity", !current && "opacity-60")} aria-busy={!current}>
          <Counts preview={query.data} />
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <div className="min-w-48 flex-1">
              <SearchBox label="Search the preview" placeholder="Search products" value={search} onChange={setSearch} />
            </div>
            <SwitchField label="Only below margin" checked={belowOnly} onChange={setBelowOnly} />
          </div>
          <PreviewList rows={query.data.items} belowOnly={belowOnly} />
        </div>
      ) : null}
      {query.isLoading ? <Skeleton className="h-64 rounded-xl" /> : null}
    </section>
  );
}

interface Shown {
  ruleId: string | null;
  search: string;
  belowOnly: boolean;
}

/** Null while the rule is not complete. A rule is tried before it has a name. */
function inputOf(draft: Partial<RuleDraft>, partner: PartnerChoice, { ruleId, search, belowOnly }: Shown): PreviewInput | null {
  const named = { ...draft, name: draft.name?.trim() || UNNAMED };
  const rule = ruleForm(partner.id, partner.currency).safeParse(named);
  if (!rule.success) return null;
  const words = search.trim();
  return { ruleId, rule: rule.data, show: belowOnly ? "below_margin" : "covered", ...(words === "" ? {} : { search: words }) };
}

const UNNAMED = "Not named yet";

function Counts({ preview }: { preview: Preview }) {
  const { products, covered, cheaper, dearer, belowMarginNow, belowMarginThen } = preview;
  return (
    <>
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-xl border bg-line lg:grid-cols-4">
        <Count name="Covered" value={covered} note={`of ${formatCount(products)}`} />
        <Count name="Cheaper" value={cheaper} />
        <Count name="Dearer" value={dearer} />
        <Count
          name="Below margin"
          value={belowMarginThen}
          note={`now ${formatCount(belowMarginNow)}`}
          bad={belowMarginThen > belowMarginNow}
        />
      </dl>
      {belowMarginThen > belowMarginNow ? (
        <Notice tone="warning">
          {formatCount(belowMarginThen - belowMarginNow)} more would fall below margin: this partner could not order them.
        </Notice>
      ) : null}
    </>
  );
}

function Count({ name, value, note, bad = false }: { name: string; value: number; note?: string; bad?: boolean }) {
  return (
    <div className="bg-surface px-4 py-3">
      <dt className="text-faint text-sm">{name}</dt>
      <dd>
        <span className={cn("font-semibold text-xl", bad && "text-danger")}>{formatCount(value)}</span>{" "}
        {note ? <span className="text-faint text-sm">{note}</span> : null}
      </dd>
    </div>
  );
}
