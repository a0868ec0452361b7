"use client";

import { Banknote, Ellipsis, Gauge, List, Scale } from "lucide-react";
import type { LedgerWallet } from "@/lib/wallet/ledger.schemas";
import { useMay } from "../session/api/get-me";
import { Button } from "../ui/button";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "../ui/menu";
import { useLedgerUrl } from "./use-ledger-url";

export interface WalletActions {
  onTopUp: (wallet: LedgerWallet) => void;
  onAdjust: (wallet: LedgerWallet) => void;
  onLimit: (wallet: LedgerWallet) => void;
}

/** What can be done about one wallet; whoever may not book sees why. */
export function WalletMenu({ wallet, actions }: { wallet: LedgerWallet; actions: WalletActions }) {
  const mayAdjust = useMay("ledger.adjust");
  const [, setUrl] = useLedgerUrl();
  const trigger = (
    <Button look="ghost" size="icon" aria-label={`Actions for ${wallet.partnerName}, ${wallet.currency}`}>
      <Ellipsis aria-hidden="true" />
    </Button>
  );
  return (
    <Menu trigger={trigger}>
      {mayAdjust ? (
        <>
          <MenuItem onSelect={() => actions.onTopUp(wallet)}>
            <Banknote aria-hidden="true" />
            Record top-up
          </MenuItem>
          <MenuItem onSelect={() => actions.onAdjust(wallet)}>
            <Scale aria-hidden="true" />
            Request adjustment
          </MenuItem>
          <MenuItem onSelect={() => actions.onLimit(wallet)}>
            <Gauge aria-hidden="true" />
            Set credit limit
          </MenuItem>
        </>
      ) : (
        <MenuLabel>
          <span className="block max-w-52 text-start text-muted text-sm">Your role may look, not book. An admin can.</span>
        </MenuLabel>
      )}
      <MenuSeparator />
      <MenuItem onSelect={() => setUrl({ view: "transfers", partner: wallet.partnerId, kind: null })}>
        <List aria-hidden="true" />
        Show transfers
      </MenuItem>
    </Menu>
  );
}
