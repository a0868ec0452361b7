"use client";

import { WalletCards as WalletIcon } from "lucide-react";
import { useState } from "react";
import type { LedgerWallet } from "@/lib/wallet/ledger.schemas";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { ErrorState } from "../ui/error-state";
import { LoadMore } from "../ui/load-more";
import { useLedgerWallets } from "./api/list-ledger-wallets";
import { type Entry, EntrySheet } from "./entry-sheet";
import { ListSkeleton } from "./list-skeleton";
import { WalletCards } from "./wallet-cards";
import { WalletTable } from "./wallet-table";

/** Every partner's wallets, and what can be booked on them. */
export function WalletsView() {
  const query = useLedgerWallets();
  const [entry, setEntry] = useState<Entry | null>(null);
  if (query.isPending) return <ListSkeleton what="wallets" />;
  if (!query.data) {
    return (
      <Card>
        <ErrorState error={query.error} onRetry={query.refetch} busy={query.isFetching} />
      </Card>
    );
  }
  const wallets = query.data.pages.flatMap((page) => page.items);
  if (wallets.length === 0) {
    return (
      <Card>
        <EmptyState icon={WalletIcon} title="No wallets yet">
          A partner gets a wallet in its currency when it is set up. It then appears here.
        </EmptyState>
      </Card>
    );
  }
  const open = (kind: Entry["kind"]) => (wallet: LedgerWallet) => setEntry({ kind, wallet });
  const actions = { onTopUp: open("top_up"), onAdjust: open("adjustment"), onLimit: open("credit_limit") };
  return (
    <section aria-label="Wallets">
      <WalletTable wallets={wallets} actions={actions} />
      <WalletCards wallets={wallets} actions={actions} />
      <LoadMore query={query} />
      <EntrySheet entry={entry} onClose={() => setEntry(null)} />
    </section>
  );
}
