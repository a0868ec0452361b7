"use client";

import type { MoneyView } from "@/lib/money.schemas";
import { formatMoney } from "../format/money";
import { isOutcomeUnknown } from "../http/api-error";
import { Button } from "../ui/button";
import { ErrorNotice } from "../ui/error-notice";
import { Money } from "../ui/money";
import { Notice } from "../ui/notice";
import { useWallet } from "../wallet/api/list-wallets";
import { spendable } from "../wallet/spendable";
import type { Estimate } from "./price-estimate";

interface Props {
  estimate: Estimate | null;
  busy: boolean;
  error: unknown;
}

/** What the order costs and leaves, and the button. Stays in sight while the form scrolls. */
export function OrderFooter({ estimate, busy, error }: Props) {
  const { wallet } = useWallet();
  const room = wallet ? spendable(wallet) : null;
  const short = estimate !== null && room !== null && estimate.total.amountMinor > room.amountMinor;
  return (
    <div className="border-t bg-surface px-6 pt-4 pb-[max(1rem,env(safe-area-inset-bottom))] shadow-[0_-8px_24px_-16px_hsl(var(--shadow-color)/0.25)]">
      <dl className="grid gap-1">
        <Row name={estimate && !estimate.exact ? "Price per card (estimate)" : "Price per card"} money={estimate?.unit} />
        <Row name={estimate && !estimate.exact ? "Total (estimate)" : "Total"} money={estimate?.total} strong />
        {wallet ? <Row name="Available after" money={estimate ? minus(wallet.available, estimate.total) : undefined} /> : null}
      </dl>
      {estimate && !estimate.exact ? (
        <p className="mt-2 text-faint text-sm">
          The exact price is fixed when the order is accepted. It is refused if a card would cost more than the smallest coin
          above this.
        </p>
      ) : null}
      <div className="mt-3 grid gap-3 empty:hidden">
        {short && room ? (
          <Notice tone="warning">
            This order costs more than the {formatMoney(room)} you can spend. Order fewer cards, or ask for a top-up.
          </Notice>
        ) : null}
        {error ? <Failure error={error} /> : null}
      </div>
      <Button type="submit" look="primary" size="lg" busy={busy} disabled={estimate === null || short} className="mt-3 w-full">
        Place order
      </Button>
    </div>
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

function Row({ name, money, strong = false }: { name: string; money: MoneyView | undefined; strong?: boolean }) {
  return (
    <div
      className={
        strong ? "flex items-baseline justify-between text-lg" : "flex items-baseline justify-between text-muted text-sm"
      }
    >
      <dt className={strong ? "font-medium" : undefined}>{name}</dt>
      <dd className={strong ? "font-semibold" : undefined}>{money ? <Money money={money} /> : "–"}</dd>
    </div>
  );
}

function minus(from: MoneyView, amount: MoneyView): MoneyView {
  return { ...from, amountMinor: from.amountMinor - amount.amountMinor };
}
