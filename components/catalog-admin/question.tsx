"use client";

import { AlertDialog } from "radix-ui";
import type { FormEvent, ReactNode } from "react";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/error-notice";
import { useOpener } from "../ui/use-opener";

interface Props {
  open: boolean;
  onClose: () => void;
  title: string;
  /** What happens, in words. */
  description: ReactNode;
  /** A field to fill in first; it then has the focus. */
  children?: ReactNode;
  confirmLabel: string;
  cancelLabel: string;
  busy: boolean;
  /** Red for what destroys, the accent for what goes ahead. */
  look: "danger" | "primary";
  error: unknown;
  onConfirm: () => void;
}

/** Asks before something that reaches partners, says why it failed, and gives the focus back. Stays open while `busy`; the caller closes it. */
export function Question(props: Props) {
  const { open, onClose, title, description, busy } = props;
  const { remember, giveBack } = useOpener();
  const focusField = (event: Event) => {
    remember();
    const { currentTarget } = event;
    const field = currentTarget instanceof HTMLElement ? currentTarget.querySelector<HTMLElement>("textarea, input") : null;
    if (!field) return;
    event.preventDefault();
    field.focus();
  };
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => (next || busy ? undefined : onClose())}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-50 bg-overlay data-[state=closed]:animate-fade-out data-[state=open]:animate-fade-in" />
        <AlertDialog.Content
          onOpenAutoFocus={focusField}
          onCloseAutoFocus={giveBack}
          className="fixed inset-x-4 top-1/2 z-50 mx-auto max-h-[92dvh] max-w-md -translate-y-1/2 overflow-y-auto rounded-2xl border bg-surface p-6 shadow-float"
        >
          <AlertDialog.Title className="break-words font-semibold text-lg">{title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-2 break-words text-muted">{description}</AlertDialog.Description>
          <Answer {...props} />
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

function Answer({ children, confirmLabel, cancelLabel, busy, look, error, onConfirm }: Props) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A form within a sheet's form would otherwise send both.
    event.stopPropagation();
    if (!busy) onConfirm();
  };
  return (
    <form noValidate onSubmit={submit} className="mt-4 grid gap-4">
      {children}
      {error ? <ErrorNotice error={error} /> : null}
      <div className="mt-2 flex flex-wrap justify-end gap-2">
        <AlertDialog.Cancel asChild>
          <Button disabled={busy}>{cancelLabel}</Button>
        </AlertDialog.Cancel>
        {/* The second click of a double-click is not a second wish. */}
        <Button
          type="submit"
          look={look}
          busy={busy}
          onClick={(event) => (event.detail > 1 ? event.preventDefault() : undefined)}
        >
          {confirmLabel}
        </Button>
      </div>
    </form>
  );
}
