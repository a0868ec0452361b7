"use client";

import { useState } from "react";
import { toast } from "sonner";
import { formatMoney, toInputText } from "../format/money";
import { AmountField, checkAmount } from "./amount-field";
import { useSetCreditLimit } from "./api/set-credit-limit";
import { EntryForm, type EntryFormProps } from "./entry-form";

export function CreditLimitForm({ title, wallet, onDone }: EntryFormProps) {
  const { partnerId, partnerName, currency, creditLimit } = wallet;
  const [limit, setLimit] = useState(toInputText(creditLimit));
  const mutation = useSetCreditLimit();
  const { amountMinor, problem } = checkAmount(limit, currency, { zeroAllowed: true });

  const submit = () => {
    if (amountMinor === null) return;
    mutation.mutate(
      { partnerId, currency, creditLimitMinor: amountMinor },
      {
        onSuccess: (changed) => {
          toast.success(`Credit limit of ${partnerName} is ${formatMoney(changed.creditLimit)}`);
          onDone();
        },
      },
    );
  };

  return (
    <EntryForm
      title={title}
      wallet={wallet}
      submitLabel="Set credit limit"
      busy={mutation.isPending}
      error={mutation.error}
      onSubmit={submit}
    >
      <AmountField
        id="credit-limit"
        label="Credit limit"
        currency={currency}
        value={limit}
        onChange={setLimit}
        hint={`How far below zero the available balance may go. It is ${formatMoney(creditLimit)} now; 0 is no credit.`}
        problem={problem}
      />
    </EntryForm>
  );
}
