"use client";

import { parseAmount } from "../format/money";
import { Field, fieldNoteId } from "../ui/field";
import { Input } from "../ui/input";

interface Props {
  id: string;
  label: string;
  currency: string;
  value: string;
  onChange: (value: string) => void;
  hint?: string;
  problem: string | undefined;
}

export function AmountField({ id, label, currency, value, onChange, hint, problem }: Props) {
  return (
    <Field id={id} label={`${label} in ${currency}`} hint={hint} error={problem}>
      <Input
        id={id}
        inputMode="decimal"
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={problem !== undefined}
        aria-describedby={fieldNoteId(id)}
      />
    </Field>
  );
}

/** Minor units of what was typed, or why it is no amount that can be booked. */
export function checkAmount(
  text: string,
  currency: string,
  { zeroAllowed = false } = {},
): { amountMinor: number; problem?: undefined } | { amountMinor: null; problem: string } {
  const amountMinor = parseAmount(text, currency);
  if (amountMinor === null) return { amountMinor: null, problem: "Give an amount such as 250 or 12.50." };
  if (amountMinor === 0 && !zeroAllowed) return { amountMinor: null, problem: "Give more than nothing." };
  return { amountMinor };
}
