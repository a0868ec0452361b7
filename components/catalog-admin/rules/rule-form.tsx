"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { toast } from "sonner";
import type { PartnerChoice, Rule, RuleInput } from "@/lib/price-rules/schemas";
import { Button } from "../../ui/button";
import { ErrorNotice } from "../../ui/error-notice";
import { Question } from "../question";
import { draftOf, type RuleDraft, ruleForm } from "./rule-draft";
import { RuleFields } from "./rule-fields";
import { RulePreview } from "./rule-preview";
import { useSaveChecked } from "./use-save-checked";

interface Props {
  rule: Rule | null;
  partner: PartnerChoice;
  hasDefaultRule: boolean;
  /** Told whether something differs from what is saved. */
  onUnsaved: (unsaved: boolean) => void;
  onDone: () => void;
}

export function RuleForm({ rule, partner, hasDefaultRule, onUnsaved, onDone }: Props) {
  const form = useForm<RuleDraft, unknown, RuleInput>({
    resolver: zodResolver(ruleForm(partner.id, partner.currency)),
    defaultValues: draftOf(rule, partner.currency, hasDefaultRule),
    mode: "onTouched",
  });
  const saving = useSaveChecked(rule, (saved) => {
    toast.success(`The price rule “${saved.name}” is saved`, {
      description: `It prices ${partner.name}'s catalogue from now on.`,
    });
    onDone();
  });
  const { doubt } = saving;
  const { isDirty } = form.formState;
  useEffect(() => {
    onUnsaved(isDirty);
    return () => onUnsaved(false);
  }, [isDirty, onUnsaved]);
  return (
    <FormProvider {...form}>
      <form noValidate onSubmit={form.handleSubmit(saving.submit)} className="flex min-h-0 flex-1 flex-col">
        <div className="grid min-h-0 flex-1 grid-cols-1 content-start overflow-y-auto md:grid-cols-[23rem_minmax(0,1fr)] md:content-stretch md:overflow-hidden">
          <div className="grid content-start gap-5 px-6 py-5 md:overflow-y-auto">
            <RuleFields currency={partner.currency} />
          </div>
          <div className="min-w-0 border-t bg-subtle px-6 py-5 md:overflow-y-auto md:border-s md:border-t-0">
            <RulePreview ruleId={rule?.id ?? null} partner={partner} />
          </div>
        </div>
        <div className="grid gap-3 border-t px-6 py-4">
          {saving.error ? <ErrorNotice error={saving.error} /> : null}
          <div className="flex justify-end gap-2">
            <Button onClick={onDone}>Cancel</Button>
            <Button type="submit" look="primary" busy={saving.busy || form.formState.isSubmitting}>
              Save the price rule
            </Button>
          </div>
        </div>
      </form>
      <Question
        open={doubt !== null}
        onClose={saving.leave}
        title="Save this price rule?"
        description={doubt?.words ?? ""}
        confirmLabel="Yes, save it"
        cancelLabel="Go back"
        busy={saving.busy}
        look="danger"
        error={null}
        onConfirm={saving.confirm}
      />
    </FormProvider>
  );
}
