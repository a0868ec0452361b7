"use client";

import type { LedgerWallet } from "@/lib/wallet/ledger.schemas";
import { Sheet } from "../ui/sheet";
import { AdjustmentForm } from "./adjustment-form";
import { CreditLimitForm } from "./credit-limit-form";
import { TopUpForm } from "./top-up-form";

export interface Entry {
  kind: "top_up" | "adjustment" | "credit_limit";
  wallet: LedgerWallet;
}

const TITLES: Record<Entry["kind"], string> = {
  top_up: "Record top-up",
  adjustment: "Request adjustment",
  credit_limit: "Set credit limit",
};

const FORMS = { top_up: TopUpForm, adjustment: AdjustmentForm, credit_limit: CreditLimitForm };

/** The entry that is being made, over the page. */
export function EntrySheet({ entry, onClose }: { entry: Entry | null; onClose: () => void }) {
  const Form = entry ? FORMS[entry.kind] : null;
  return (
    <Sheet open={entry !== null} onClose={onClose} title={entry ? TITLES[entry.kind] : ""}>
      {entry && Form ? <Form title={TITLES[entry.kind]} wallet={entry.wallet} onDone={onClose} /> : null}
    </Sheet>
  );
}
