"use client";

import { useId, useState } from "react";
import { parseAmount, toInputText } from "../../format/money";
import { fieldNoteId } from "../../ui/field";
import { Input } from "../../ui/input";
import type { Range } from "./use-ranges";

/** From and to, as typed; what is no amount changes nothing and says so: the filter stays as it was. */
export function RangeFields({ range }: { range: Range }) {
  const id = useId();
  const { currency, fromMinor, toMinor, onChange } = range;
  if (currency === null) return <p className="text-muted text-sm">Choose a currency first: face values are compared in it.</p>;
  const crossed = fromMinor !== null && toMinor !== null && fromMinor > toMinor;
  return (
    <div className="grid gap-1.5">
      <div className="grid grid-cols-2 gap-2">
        <AmountInput
          id={`${id}-from`}
          label={`From, ${currency}`}
          currency={currency}
          minor={fromMinor}
          onChange={(minor) => onChange({ fromMinor: minor })}
        />
        <AmountInput
          id={`${id}-to`}
          label={`To, ${currency}`}
          currency={currency}
          minor={toMinor}
          onChange={(minor) => onChange({ toMinor: minor })}
        />
      </div>
      {crossed ? (
        <p role="alert" className="text-danger text-sm">
          The first amount is above the second, so nothing fits.
        </p>
      ) : null}
    </div>
  );
}

interface AmountProps {
  id: string;
  label: string;
  currency: string;
  minor: number | null;
  onChange: (minor: number | null) => void;
}

function AmountInput({ id, label, currency, minor, onChange }: AmountProps) {
  const [typed, setTyped] = useState({ text: textOf(minor, currency), minor, currency });
  // Changed from elsewhere, such as a filter taken off: the text follows.
  if (typed.minor !== minor || typed.currency !== currency) setTyped({ text: textOf(minor, currency), minor, currency });
  const wrong = typed.text.trim() !== "" && parseAmount(typed.text, currency) === null;

  const change = (text: string) => {
    const read = parseAmount(text, currency);
    const next = read === null && text.trim() !== "" ? minor : read;
    setTyped({ text, minor: next, currency });
    if (next !== minor) onChange(next);
  };

  return (
    <div className="grid content-start gap-1">
      <label htmlFor={id} className="text-muted text-sm">
        {label}
      </label>
      <Input
        id={id}
        inputMode="decimal"
        autoComplete="off"
        value={typed.text}
        onChange={(event) => change(event.target.value)}
        aria-invalid={wrong}
        aria-describedby={fieldNoteId(id)}
      />
      <p id={fieldNoteId(id)} className="text-danger text-sm empty:hidden">
        {wrong ? `Enter an amount in ${currency}, such as 25.` : null}
      </p>
    </div>
  );
}

const textOf = (minor: number | null, currency: string): string =>
  minor === null ? "" : toInputText({ amountMinor: minor, currency });
