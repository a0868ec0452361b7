"use client";

import { Trash2 } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import type { Rule } from "@/lib/price-rules/schemas";
import { Button } from "../../ui/button";
import { useRemoveRule } from "../api/remove-rule";
import { Question } from "../question";
import { subjectWords } from "./rule-words";

interface Props {
  rule: Rule;
  may: boolean;
  noteId: string;
}

export function RemoveRule({ rule, may, noteId }: Props) {
  const [asking, setAsking] = useState(false);
  const mutation = useRemoveRule(rule.id);
  const close = () => {
    setAsking(false);
    mutation.reset();
  };
  const confirm = () =>
    mutation.mutate(undefined, {
      onSuccess: () => {
        toast.success(`The price rule “${rule.name}” is removed`);
        close();
      },
    });
  return (
    <>
      <Button
        look="ghost"
        size="icon"
        className="size-8"
        disabled={!may}
        aria-describedby={may ? undefined : noteId}
        aria-label={`Remove the price rule “${rule.name}”`}
        onClick={() => setAsking(true)}
      >
        <Trash2 aria-hidden="true" />
      </Button>
      <Question
        open={asking}
        onClose={close}
        title={`Remove the price rule “${rule.name}”?`}
        description={
          rule.scope === "default"
            ? "What no other rule covers has no price then, and cannot be ordered until there is a default rule again. Orders that were placed keep their price."
            : `${subjectWords(rule)} is priced by the next rule that covers it, or by the default. Orders that were placed keep their price.`
        }
        confirmLabel="Yes, remove it"
        cancelLabel="Keep it"
        busy={mutation.isPending}
        look="danger"
        error={mutation.error}
        onConfirm={confirm}
      />
    </>
  );
}
