import type { FormEvent, ReactNode } from "react";
import type { LedgerWallet } from "@/lib/wallet/ledger.schemas";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/error-notice";
import { Money } from "../ui/money";

/** What each form of an entry is given. */
export interface EntryFormProps {
  title: string;
  wallet: LedgerWallet;
  onDone: () => void;
}

interface Props {
  title: string;
  wallet: LedgerWallet;
  /** Fields, and what follows from them. */
  children: ReactNode;
  submitLabel: string;
  busy: boolean;
  error: unknown;
  onSubmit: () => void;
}

/** The frame of an entry: for which wallet, the fields, and one button that says what it does. */
export function EntryForm({ title, wallet, children, submitLabel, busy, error, onSubmit }: Props) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) onSubmit();
  };
  return (
    <form noValidate onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
      <div className="min-h-0 flex-1 overflow-y-auto px-6 pt-6 pb-4">
        <p className="pe-10 font-semibold text-xl" aria-hidden="true">
          {title}
        </p>
        <p className="mt-1 text-muted">
          {wallet.partnerName} · available <Money money={wallet.available} className="font-medium text-ink" />
        </p>
        <div className="mt-6 grid gap-5">{children}</div>
      </div>
      <div className="grid gap-3 border-t px-6 py-4">
        {error ? <ErrorNotice error={error} /> : null}
        <Button type="submit" look="primary" size="lg" busy={busy}>
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}
