import type { LedgerWallet } from "@/lib/wallet/ledger.schemas";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { Money } from "../ui/money";
import { Table, Td, Th } from "../ui/table";
import { type WalletActions, WalletMenu } from "./wallet-menu";

interface Props {
  wallets: readonly LedgerWallet[];
  actions: WalletActions;
}

/** The dense form, for comparing. */
export function WalletTable({ wallets, actions }: Props) {
  return (
    <Card className="hidden md:block">
      <Table caption="Wallets by partner">
        <thead>
          <tr>
            <Th>Partner</Th>
            <Th className="text-end">Available</Th>
            <Th className="text-end">Held</Th>
            <Th className="text-end">Credit limit</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>td]:border-b-0">
          {wallets.map((wallet) => (
            <tr key={`${wallet.partnerId} ${wallet.currency}`}>
              <Td className="font-medium">{wallet.partnerName}</Td>
              <Td className="text-end">
                <Money
                  money={wallet.available}
                  className={cn("font-medium", wallet.available.amountMinor < 0 && "text-danger")}
                />
              </Td>
              <Td className="text-end">
                <Money money={wallet.held} />
              </Td>
              <Td className="text-end">
                <Money money={wallet.creditLimit} />
              </Td>
              <Td className="w-0 text-end">
                <WalletMenu wallet={wallet} actions={actions} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
