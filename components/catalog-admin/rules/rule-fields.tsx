"use client";

import { Controller, useFormContext, useWatch } from "react-hook-form";
import { RULE_KINDS } from "@/lib/price-rules/schemas";
import { Field, fieldNoteId } from "../../ui/field";
import { Input } from "../../ui/input";
import { Segmented } from "../../ui/segmented";
import type { RuleDraft } from "./rule-draft";
import { KIND_WORDS } from "./rule-words";
import { ScopeField } from "./scope-field";

const KINDS = RULE_KINDS.map((value) => ({ value, label: KIND_WORDS[value] })).reverse();

/** For what, how much, and down to where. */
export function RuleFields({ currency }: { currency: string }) {
  const { control } = useFormContext<RuleDraft>();
  const kind = useWatch({ control, name: "kind" });
  return (
    <>
      <TextField name="name" label="Name" hint="Partners read it in how their price comes about: it must not tell the mark-up." />
      <ScopeField />
      <Controller
        control={control}
        name="kind"
        render={({ field }) => (
          <div className="max-sm:[&_button]:px-2">
            <Segmented label="Kind of price" value={field.value} options={KINDS} onChange={field.onChange} />
          </div>
        )}
      />
      <TextField
        name="percent"
        label={kind === "markup_on_cost" ? "Mark-up in %" : "Discount in %"}
        hint={
          kind === "markup_on_cost"
            ? "Added to what the card costs us. 0 is at cost."
            : "Taken off the face value. 0 is at face value."
        }
        decimal
      />
      <TextField name="fee" label={`Fee a card in ${currency}`} hint="Added to each card. Empty is none." decimal />
      <TextField
        name="minMargin"
        label="Smallest margin in %"
        hint="Over cost. A price under it is not sold. Empty means never below cost."
        decimal
      />
    </>
  );
}

interface TextFieldProps {
  name: "name" | "percent" | "fee" | "minMargin";
  label: string;
  hint: string;
  decimal?: boolean;
}

function TextField({ name, label, hint, decimal = false }: TextFieldProps) {
  const { register, formState } = useFormContext<RuleDraft>();
  const problem = formState.errors[name]?.message;
  const id = `rule-${name}`;
  return (
    <Field id={id} label={label} hint={hint} error={problem}>
      <Input
        id={id}
        autoComplete="off"
        inputMode={decimal ? "decimal" : "text"}
        aria-invalid={problem !== undefined}
        aria-describedby={fieldNoteId(id)}
        {...register(name)}
      />
    </Field>
  );
}
