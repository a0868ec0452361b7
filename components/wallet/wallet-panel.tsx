import type { ReactNode } from "react";
import type { MoneyView } from "@/lib/money.schemas";
import type { Wallet } from "@/lib/wallet/schemas";
import { formatMoney } from "../format/money";
import { Card } from "../ui/card";
import { Money } from "../ui/money";
import { Notice } from "../ui/notice";
import { isLow, spendable } from "./spendable";

export function WalletPanel({ wallet }: { wallet: Wallet }) {
  const credit = wallet.creditLimit.amountMinor > 0;
  return (
    <Card>
      <div className="border-b px-6 py-6">
        <h2 className="text-muted">Available in {wallet.currency}</h2>
        <p className="mt-1 font-semibold text-2xl tracking-tight sm:text-[2.25rem] sm:leading-11">
          <Money money={wallet.available} />
        </p>
        {isLow(wallet) ? (
          <div className="mt-4">
            <Notice tone="warning">
              Orders above {formatMoney(spendable(wallet))} will be refused. Ask your account manager for a top-up.
            </Notice>
          </div>
        ) : null}
      </div>
      <dl className="grid divide-y">
        <Row name="Available" money={wallet.available}>
          Yours to spend now.
        </Row>
        <Row name="Held" money={wallet.held}>
          Reserved for orders on their way. It is taken when cards are delivered and given back for cards that are not.
        </Row>
        <Row name="Credit limit" money={wallet.creditLimit}>
          {credit
            ? "How far below zero the available balance may go."
            : "You have no credit: orders stop when the balance is used up."}
        </Row>
        {credit ? (
          <Row name="Left to spend" money={spendable(wallet)}>
            Available and credit together: the largest order that would be accepted now.
          </Row>
        ) : null}
      </dl>
    </Card>
  );
}

function Row({ name, money, children }: { name: string; money: MoneyView; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-6 px-6 py-4">
      <dt>
        <span className="font-medium">{name}</span>
        <span className="mt-0.5 block text-balance text-muted text-sm">{children}</span>
      </dt>
      <dd className="text-lg">
        <Money money={money} className="font-medium" />
      </dd>
    </div>
  );
}
