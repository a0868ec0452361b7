"use client";

import { Minus, Plus } from "lucide-react";
import { formatCount } from "../../format/number";
import { Button } from "../../ui/button";
import { Field, fieldNoteId } from "../../ui/field";
import { Input } from "../../ui/input";

interface Props {
  max: number;
  value: string;
  onChange: (value: string) => void;
  problem: string | undefined;
}

export function QuantityField({ max, value, onChange, problem }: Props) {
  const current = Number.parseInt(value, 10) || 0;
  const step = (by: number) => onChange(String(Math.min(max, Math.max(1, current + by))));
  return (
    <Field id="quantity" label="Quantity" hint={`Up to ${formatCount(max)} cards in one order.`} error={problem}>
      <div className="flex gap-2">
        <Button
          size="icon"
          className="size-10 md:size-9"
          aria-label="One card less"
          onClick={() => step(-1)}
          disabled={current <= 1}
        >
          <Minus aria-hidden="true" />
        </Button>
        <Input
          id="quantity"
          inputMode="numeric"
          autoComplete="off"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          aria-invalid={problem !== undefined}
          aria-describedby={fieldNoteId("quantity")}
          className="w-24 text-center"
        />
        <Button
          size="icon"
          className="size-10 md:size-9"
          aria-label="One card more"
          onClick={() => step(1)}
          disabled={current >= max}
        >
          <Plus aria-hidden="true" />
        </Button>
      </div>
    </Field>
  );
}
