"use client";

import type { Product } from "@/lib/catalog/schemas";
import { formatFace, toInputText } from "../../format/money";
import { cn } from "../../ui/cn";
import { Field, fieldNoteId } from "../../ui/field";
import { Input } from "../../ui/input";
import { suggestedFaces } from "./suggested-faces";

interface Props {
  product: Product;
  value: string;
  onChange: (value: string) => void;
  problem: string | undefined;
}

/** The face value of a range; a fixed product has nothing to choose. */
export function FaceField({ product, value, onChange, problem }: Props) {
  if (product.kind === "fixed") return null;
  const { faceMin, faceMax } = product;
  return (
    <Field
      id="face"
      label="Face value of each card"
      hint={`From ${formatFace(faceMin)} to ${formatFace(faceMax)}.`}
      error={value === "" ? undefined : problem}
    >
      <div className="relative">
        <Input
          id="face"
          inputMode="decimal"
          autoComplete="off"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          aria-invalid={value !== "" && problem !== undefined}
          aria-describedby={fieldNoteId("face")}
          className="pe-14"
        />
        <span className="pointer-events-none absolute end-3 top-1/2 -translate-y-1/2 text-faint">{faceMin.currency}</span>
      </div>
      <fieldset className="flex flex-wrap gap-1.5">
        <legend className="sr-only">Suggested face values</legend>
        {suggestedFaces(faceMin, faceMax).map((face) => (
          <button
            key={face.amountMinor}
            type="button"
            aria-pressed={toInputText(face) === value}
            onClick={() => onChange(toInputText(face))}
            className={cn(
              "h-8 rounded-full border px-3 text-sm transition-colors hover:bg-hover",
              "aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent-text",
            )}
          >
            {formatFace(face)}
          </button>
        ))}
      </fieldset>
    </Field>
  );
}
