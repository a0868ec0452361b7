"use client";

import { useQuery } from "@tanstack/react-query";
import { WalletCards } from "lucide-react";
import { useMay } from "../session/api/get-me";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { ErrorState } from "../ui/error-state";
import { PageHeader } from "../ui/page-header";
import { Skeleton } from "../ui/skeleton";
import { walletsOptions } from "./api/list-wallets";
import { WalletPanel } from "./wallet-panel";

export function WalletScreen() {
  const mayRead = useMay("wallet.read");
  return (
    <>
      <PageHeader title="Wallet" description="Prepaid balance that your orders are paid from." />
      {mayRead ? <Wallets /> : <NotAllowed />}
    </>
  );
}

function Wallets() {
  const query = useQuery(walletsOptions);
  if (query.isPending) return <Skeleton className="h-80 max-w-3xl rounded-xl" />;
  if (!query.data) {
    return (
      <Card>
        <ErrorState error={query.error} onRetry={query.refetch} busy={query.isFetching} />
      </Card>
    );
  }
  if (query.data.length === 0) {
    return (
      <Card>
        <EmptyState icon={WalletCards} title="No wallet yet">
          Ask your account manager to open a wallet in your currency.
        </EmptyState>
      </Card>
    );
  }
  return (
    <div className="grid max-w-3xl gap-6">
      {query.data.map((wallet) => (
        <WalletPanel key={wallet.currency} wallet={wallet} />
      ))}
    </div>
  );
}

function NotAllowed() {
  return (
    <Card>
      <EmptyState icon={WalletCards} title="Your role does not show balances">
        Ask an owner of your team for a role that may read the wallet.
      </EmptyState>
    </Card>
  );
}
