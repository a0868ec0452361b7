"use client";

import { type KeyboardEvent, useState } from "react";
import type { Product } from "@/lib/catalog/schemas";
import { countOf } from "../../format/number";
import { Button } from "../../ui/button";
import { cn } from "../../ui/cn";
import { DenominationOption } from "./denomination-option";
import { byFace, firstOf, needNames } from "./denominations";

/** Three rows of three, or rows of their own where names are needed, so that what follows is in sight too. */
const SHOWN_AT_FIRST = 9;
const NAMED_AT_FIRST = 5;
/** Hiding one or two is not worth a button. */
const WORTH_HIDING = 3;

interface Props {
  products: readonly Product[];
  chosenId: number;
  disabled: boolean;
  onChoose: (productId: number) => void;
}

/** The cards of a brand to choose from: fixed ones by face value, then the range. */
export function DenominationField({ products, chosenId, disabled, onChoose }: Props) {
  const sorted = byFace(products);
  const named = needNames(products);
  const most = named ? NAMED_AT_FIRST : SHOWN_AT_FIRST;
  const [all, setAll] = useState(products.length < most + WORTH_HIDING);
  const shown = all ? sorted : firstOf(sorted, most, chosenId);
  return (
    <fieldset disabled={disabled} className="grid gap-2" onKeyDown={choosingIsNotOrdering}>
      <legend className="mb-2 font-medium text-sm">{named ? "Product" : "Denomination"}</legend>
      <div className={cn("grid gap-2", named ? "grid-cols-1" : "grid-cols-2 sm:grid-cols-3")}>
        {shown.map((product) => (
          <DenominationOption
            key={product.id}
            product={product}
            named={named}
            chosen={product.id === chosenId}
            onChoose={() => onChoose(product.id)}
          />
        ))}
      </div>
      {all ? null : (
        <Button size="sm" look="ghost" className="justify-self-start" onClick={() => setAll(true)}>
          Show all {countOf(products.length, "denomination")}
        </Button>
      )}
    </fieldset>
  );
}

/** Enter on a radio button would send the form: someone who confirms a choice has not ordered yet. */
function choosingIsNotOrdering(event: KeyboardEvent) {
  if (event.key === "Enter" && event.target instanceof HTMLInputElement) event.preventDefault();
}
