"use client";

import { ChevronRight } from "lucide-react";
import type { MoneyView } from "@/lib/money.schemas";
import { formatMoney } from "../../format/money";
import { isOutcomeUnknown } from "../../http/api-error";
import { Button } from "../../ui/button";
import { ErrorNotice } from "../../ui/error-notice";
import { Money } from "../../ui/money";
import { Notice } from "../../ui/notice";
import { useWallet } from "../../wallet/api/list-wallets";
import { spendable } from "../../wallet/spendable";
import type { PriceChange } from "./price-change";
import type { OrderPrice } from "./use-order-price";

interface Props {
  price: OrderPrice;
  /** The order was refused because its price moved. */
  moved: PriceChange | null;
  busy: boolean;
  error: unknown;
}

/** What the order costs and leaves, and the button. Stays in sight while the form scrolls. */
export function OrderFooter({ price, moved, busy, error }: Props) {
  const { wallet } = useWallet();
  const total = moved?.now ?? price.total;
  const room = wallet ? spendable(wallet) : null;
  const short = total !== null && room !== null && total.amountMinor > room.amountMinor;
  const ready = moved !== null || price.exact;
  return (
    <div className="border-t bg-surface px-6 pt-4 pb-[max(1rem,env(safe-area-inset-bottom))] shadow-[0_-8px_24px_-16px_hsl(var(--shadow-color)/0.25)]">
      <dl className="grid gap-1" aria-busy={!ready && total !== null && price.problem === null && price.error === null}>
        <Row name="Price per card" about={price.about} money={moved && !follows(price, moved) ? null : price.unit} />
        <Row name="Total" about={price.about && !moved} money={total} strong />
        {wallet ? <Row name="Available after" money={total ? minus(wallet.available, total) : null} /> : null}
      </dl>
      {price.explanation ? <Explanation text={price.explanation.text} /> : null}
      <div className="mt-3 grid gap-3 empty:hidden">
        {price.problem ? <Notice tone="warning">{price.problem}</Notice> : null}
        {price.error ? <PriceFailure error={price.error} onRetry={price.retry} /> : null}
        {short && room ? (
          <Notice tone="warning">
            This order costs more than the {formatMoney(room)} you can spend. Order fewer cards, or ask for a top-up.
          </Notice>
        ) : null}
        {moved ? <Moved change={moved} /> : error ? <Failure error={error} /> : null}
      </div>
      <Button type="submit" look="primary" size="lg" busy={busy} disabled={!ready || short} className="mt-3 w-full">
        {moved ? `Order at ${formatMoney(moved.now)}` : "Place order"}
      </Button>
    </div>
  );
}

/** Whether the price has been read anew since the order was refused. */
function follows(price: OrderPrice, moved: PriceChange): boolean {
  return price.total?.amountMinor === moved.now.amountMinor;
}

function Explanation({ text }: { text: string }) {
  return (
    <details className="group mt-1.5 text-sm">
      <summary className="inline-flex cursor-pointer list-none items-center gap-1 rounded text-muted hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-3.5 transition-transform group-open:rotate-90 rtl:-scale-x-100" aria-hidden="true" />
        How this price comes about
      </summary>
      <p className="mt-1 break-words ps-4.5 text-muted">{text}</p>
    </details>
  );
}

function Moved({ change: { was, now } }: { change: PriceChange }) {
  return (
    <Notice tone="warning" announce>
      The price has changed: it was {formatMoney(was)} and is {formatMoney(now)} now. Nothing was ordered. Order at the new price,
      or change what you want.
    </Notice>
  );
}

function PriceFailure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <>
      <ErrorNotice error={error} />
      <Button size="sm" className="justify-self-start" onClick={onRetry}>
        Read the price again
      </Button>
    </>
  );
}

function Failure({ error }: { error: unknown }) {
  if (!isOutcomeUnknown(error)) return <ErrorNotice error={error} />;
  return (
    <>
      <ErrorNotice error={error} />
      <Notice tone="info">
        We do not know yet whether the order was taken. Press Place order again without changing it: the same order is never
        bought twice.
      </Notice>
    </>
  );
}

function Row({ name, money, about = false, strong = false }: RowProps) {
  return (
    <div
      className={
        strong ? "flex items-baseline justify-between text-lg" : "flex items-baseline justify-between text-muted text-sm"
      }
    >
      <dt className={strong ? "font-medium" : undefined}>{name}</dt>
      <dd className={strong ? "font-semibold" : undefined}>
        {about && money ? <span className="font-normal text-faint">about </span> : null}
        {money ? <Money money={money} /> : "–"}
      </dd>
    </div>
  );
}

interface RowProps {
  name: string;
  money: MoneyView | null;
  about?: boolean;
  strong?: boolean;
}

function minus(from: MoneyView, amount: MoneyView): MoneyView {
  return { ...from, amountMinor: from.amountMinor - amount.amountMinor };
}
