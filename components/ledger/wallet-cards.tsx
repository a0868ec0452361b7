import type { ReactNode } from "react";
import type { LedgerWallet } from "@/lib/wallet/ledger.schemas";
import { cn } from "../ui/cn";
import { Money } from "../ui/money";
import { type WalletActions, WalletMenu } from "./wallet-menu";

interface Props {
  wallets: readonly LedgerWallet[];
  actions: WalletActions;
}

/** The list of a phone. */
export function WalletCards({ wallets, actions }: Props) {
  return (
    <ul className="grid grid-cols-1 gap-2.5 md:hidden">
      {wallets.map((wallet) => (
        <li key={`${wallet.partnerId} ${wallet.currency}`} className="rounded-xl border bg-surface p-4 shadow-raised">
          <div className="flex items-center justify-between gap-3">
            <p className="min-w-0 truncate font-medium">{wallet.partnerName}</p>
            <WalletMenu wallet={wallet} actions={actions} />
          </div>
          <dl className="mt-1 grid gap-1">
            <Row name="Available">
              <Money money={wallet.available} className={cn("font-medium", wallet.available.amountMinor < 0 && "text-danger")} />
            </Row>
            <Row name="Held">
              <Money money={wallet.held} />
            </Row>
            <Row name="Credit limit">
              <Money money={wallet.creditLimit} />
            </Row>
          </dl>
        </li>
      ))}
    </ul>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-3">
      <dt className="text-muted text-sm">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
