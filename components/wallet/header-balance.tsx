"use client";

import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import { cn } from "../ui/cn";
import { Money } from "../ui/money";
import { Skeleton } from "../ui/skeleton";
import { useWallet } from "./api/list-wallets";
import { isLow } from "./spendable";

/** Available and held, on every page. */
export function HeaderBalance() {
  const { wallet, isError } = useWallet();
  if (!wallet) return isError ? <Unknown /> : <Skeleton className="h-8 w-36" />;
  const low = isLow(wallet);
  return (
    <Link
      href="/wallet"
      className={cn(
        "flex h-9 min-w-0 items-center gap-3 rounded-lg border px-3 text-sm transition-colors hover:bg-hover",
        low && "border-warning/50 bg-warning-soft text-warning hover:bg-warning-soft",
      )}
    >
      {low ? <TriangleAlert className="size-4 shrink-0" aria-hidden="true" /> : null}
      <span>
        <span className={low ? "" : "text-faint"}>{low ? "Low balance" : "Available"}</span>{" "}
        <Money money={wallet.available} className="font-semibold" />
      </span>
      {wallet.held.amountMinor > 0 ? (
        <span className="hidden border-s ps-3 sm:inline">
          <span className={low ? "" : "text-faint"}>Held</span> <Money money={wallet.held} className="font-medium" />
        </span>
      ) : null}
    </Link>
  );
}

function Unknown() {
  return (
    <Link href="/wallet" className="rounded-lg px-3 py-1.5 text-faint text-sm hover:bg-hover">
      Balance unknown
    </Link>
  );
}
