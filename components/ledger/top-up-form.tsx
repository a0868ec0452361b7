"use client";

import { useState } from "react";
import { toast } from "sonner";
import { recordTopUpInput } from "@/lib/wallet/ledger.schemas";
import { formatMoney } from "../format/money";
import { Field, fieldNoteId } from "../ui/field";
import { Input } from "../ui/input";
import { AmountField, checkAmount } from "./amount-field";
import { useRecordTopUp } from "./api/record-top-up";
import { EntryForm, type EntryFormProps } from "./entry-form";

const REFERENCE_ID = "top-up-reference";

/** A payment that has arrived at the bank. */
export function TopUpForm({ title, wallet, onDone }: EntryFormProps) {
  const { partnerId, partnerName, currency } = wallet;
  const [amount, setAmount] = useState("");
  const [reference, setReference] = useState("");
  const [checkedOnce, setCheckedOnce] = useState(false);
  const mutation = useRecordTopUp();
  const { amountMinor, problem } = checkAmount(amount, currency);
  const named = recordTopUpInput.shape.reference.safeParse(reference);
  const referenceProblem = named.success ? undefined : named.error.issues[0]?.message;

  const submit = () => {
    setCheckedOnce(true);
    if (amountMinor === null || !named.success) return;
    mutation.mutate(
      { partnerId, currency, amountMinor, reference: named.data },
      {
        onSuccess: ({ alreadyBooked, amount: booked, reference: bookedAs }) => {
          if (alreadyBooked) toast.info(`${bookedAs} was already booked`, { description: "Nothing was booked twice." });
          else toast.success(`${formatMoney(booked)} booked for ${partnerName}`);
          onDone();
        },
      },
    );
  };

  return (
    <EntryForm
      title={title}
      wallet={wallet}
      submitLabel="Record top-up"
      busy={mutation.isPending}
      error={mutation.error}
      onSubmit={submit}
    >
      <AmountField
        id="top-up-amount"
        label="Amount"
        currency={currency}
        value={amount}
        onChange={setAmount}
        problem={checkedOnce ? problem : undefined}
      />
      <Field
        id={REFERENCE_ID}
        label="Bank reference"
        hint="As on the bank statement. It names the payment: the same one is booked once, however often it is sent."
        error={checkedOnce ? referenceProblem : undefined}
      >
        <Input
          id={REFERENCE_ID}
          autoComplete="off"
          value={reference}
          onChange={(event) => setReference(event.target.value)}
          aria-invalid={checkedOnce && !named.success}
          aria-describedby={fieldNoteId(REFERENCE_ID)}
        />
      </Field>
    </EntryForm>
  );
}
