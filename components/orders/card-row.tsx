"use client";

import { Eye, EyeOff } from "lucide-react";
import type { CardView } from "@/lib/cards/schemas";
import { formatDate } from "../format/time";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/error-notice";
import { RelativeTime } from "../ui/relative-time";
import { RevealedCode } from "./revealed-code";
import { useReveal } from "./use-reveal";

interface Props {
  card: CardView;
  product: string;
  mayReveal: boolean;
}

export function CardRow({ card, product, mayReveal }: Props) {
  const { reveal, secondsLeft, busy, error, show, hide } = useReveal(card.id);
  return (
    <li className="px-5 py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <p className="font-mono">
            <span aria-hidden="true">•••• •••• {card.lastFour}</span>
            <span className="sr-only">Code ending {card.lastFour}</span>
          </p>
          <p className="mt-0.5 truncate text-faint text-sm">
            {product}
            {card.expiresAt ? ` · expires ${formatDate(card.expiresAt)}` : ""}
            {card.revealedAt ? (
              <>
                {" · revealed "}
                <RelativeTime iso={card.revealedAt} />
              </>
            ) : null}
          </p>
        </div>
        {reveal ? (
          <Button size="sm" onClick={hide}>
            <EyeOff aria-hidden="true" />
            Hide · {secondsLeft} s
          </Button>
        ) : mayReveal ? (
          <Button size="sm" onClick={show} busy={busy}>
            {busy ? null : <Eye aria-hidden="true" />}
            <span>
              Reveal code<span className="sr-only"> ending {card.lastFour}</span>
            </span>
          </Button>
        ) : null}
      </div>
      {reveal ? <RevealedCode reveal={reveal} /> : null}
      {error ? (
        <div className="mt-3">
          <ErrorNotice error={error} />
        </div>
      ) : null}
    </li>
  );
}
