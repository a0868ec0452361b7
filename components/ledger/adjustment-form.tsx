"use client";

import { useState } from "react";
import { toast } from "sonner";
import { isLargeAdjustment, LARGE_ADJUSTMENT_MAJOR, requestAdjustmentInput } from "@/lib/wallet/ledger.schemas";
import { formatMoney } from "../format/money";
import { Field, fieldNoteId } from "../ui/field";
import { Input } from "../ui/input";
import { Notice } from "../ui/notice";
import { Segmented } from "../ui/segmented";
import { AmountField, checkAmount } from "./amount-field";
import { useRequestAdjustment } from "./api/request-adjustment";
import { EntryForm, type EntryFormProps } from "./entry-form";

const DIRECTIONS = [
  { value: "give", label: "Give to the partner" },
  { value: "take", label: "Take from the partner" },
] as const;
type Direction = (typeof DIRECTIONS)[number]["value"];

const REASON_ID = "adjustment-reason";

/** A correction by hand. Small ones post at once, large ones wait for a second admin. */
export function AdjustmentForm({ title, wallet, onDone }: EntryFormProps) {
  const { partnerId, partnerName, currency } = wallet;
  const [direction, setDirection] = useState<Direction>("give");
  const [amount, setAmount] = useState("");
  const [reason, setReason] = useState("");
  const [checkedOnce, setCheckedOnce] = useState(false);
  const mutation = useRequestAdjustment();
  const { amountMinor, problem } = checkAmount(amount, currency);
  const why = requestAdjustmentInput.shape.reason.safeParse(reason);
  const reasonProblem = why.success ? undefined : why.error.issues[0]?.message;
  const large = amountMinor !== null && isLargeAdjustment(amountMinor, currency);

  const submit = () => {
    setCheckedOnce(true);
    if (amountMinor === null || !why.success) return;
    const signedMinor = direction === "give" ? amountMinor : -amountMinor;
    mutation.mutate(
      { partnerId, currency, amountMinor: signedMinor, reason: why.data },
      {
        onSuccess: ({ adjustment, replayed }) => {
          const told = `${formatMoney(adjustment.amount)} for ${partnerName}`;
          if (replayed) toast.info(`${told} was already requested`, { description: "Nothing was booked twice." });
          else if (adjustment.status === "posted") toast.success(`${told} is posted`);
          else toast.success(`${told} waits for approval`, { description: "Another admin must approve it." });
          onDone();
        },
      },
    );
  };

  return (
    <EntryForm
      title={title}
      wallet={wallet}
      submitLabel={large ? "Ask for approval" : "Post adjustment"}
      busy={mutation.isPending}
      error={mutation.error}
      onSubmit={submit}
    >
      <div>
        <Segmented label="Direction" value={direction} options={DIRECTIONS} onChange={setDirection} />
      </div>
      <AmountField
        id="adjustment-amount"
        label="Amount"
        currency={currency}
        value={amount}
        onChange={setAmount}
        problem={checkedOnce ? problem : undefined}
      />
      <Field
        id={REASON_ID}
        label="Reason"
        hint="It stays in the books and in the audit."
        error={checkedOnce ? reasonProblem : undefined}
      >
        <Input
          id={REASON_ID}
          autoComplete="off"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          aria-invalid={checkedOnce && !why.success}
          aria-describedby={fieldNoteId(REASON_ID)}
        />
      </Field>
      <Notice tone={large ? "warning" : "info"}>
        {large
          ? `Above ${LARGE_ADJUSTMENT_MAJOR} ${currency} a second admin must approve it. Nothing moves until then, and you cannot approve it yourself.`
          : `Up to ${LARGE_ADJUSTMENT_MAJOR} ${currency} it is posted at once.`}
      </Notice>
    </EntryForm>
  );
}
