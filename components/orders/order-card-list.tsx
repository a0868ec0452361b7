"use client";

import { useState } from "react";
import type { CardView } from "@/lib/cards/schemas";
import type { Order } from "@/lib/orders/schemas";
import { isFinal } from "@/lib/orders/states.shared";
import { countOf } from "../format/number";
import { useMay } from "../session/api/get-me";
import { Button } from "../ui/button";
import { Panel } from "../ui/card";
import { CardRow } from "./card-row";

const SHOWN_AT_FIRST = 20;
const SHOWN_MORE = 100;

/** The cards of an order, masked, under the line each belongs to. */
export function OrderCardList({ order }: { order: Order }) {
  const mayReveal = useMay("cards.reveal");
  const [shown, setShown] = useState(SHOWN_AT_FIRST);
  const cards = order.cardList;
  if (cards.length === 0) return isFinal(order.status) ? null : <Awaited />;
  const left = cards.length - shown;
  return (
    <Panel title="Cards" aside={countOf(cards.length, "card")}>
      <p className="px-5 pb-3 text-muted text-sm">
        {mayReveal
          ? "Codes are masked. Each reveal is recorded with your name and the time, and hides itself after 30 seconds."
          : "Codes are masked. Your role may not reveal them; ask an owner of your team."}
      </p>
      <ul className="divide-y border-t">
        {cards.slice(0, shown).map((card) => (
          <CardRow key={card.id} card={card} product={productOf(order, card)} mayReveal={mayReveal} />
        ))}
      </ul>
      {left > 0 ? (
        <div className="border-t p-3 text-center">
          <Button look="ghost" onClick={() => setShown(shown + SHOWN_MORE)}>
            Show {Math.min(left, SHOWN_MORE)} more of {left}
          </Button>
        </div>
      ) : null}
    </Panel>
  );
}

function productOf(order: Order, card: CardView): string {
  return order.lines.find((line) => line.id === card.orderLineId)?.productName ?? "";
}

function Awaited() {
  return (
    <Panel title="Cards">
      <p className="px-5 pb-5 text-muted">No card has arrived yet. They appear here by themselves.</p>
    </Panel>
  );
}
