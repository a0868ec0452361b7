import { Check, X } from "lucide-react";
import { ledgerAccountKinds, type TrialBalance } from "@/lib/wallet/ledger.schemas";
import { formatAmount } from "../format/money";
import { Table, Td, Th } from "../ui/table";
import { ACCOUNT_WORDS } from "./ledger-words";

/** Accounts by currency. Our own run negative where money came in through them; each column ends in zero, or the books are wrong. */
export function TrialBalanceTable({ balances }: { balances: readonly TrialBalance[] }) {
  return (
    <Table caption="Trial balance per currency" className="border-t">
      <thead>
        <tr>
          <Th>Accounts</Th>
          {balances.map(({ currency }) => (
            <Th key={currency} className="text-end">
              {currency}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {ledgerAccountKinds.map((kind) => (
          <tr key={kind}>
            <Td className="h-9 py-1.5">{ACCOUNT_WORDS[kind]}</Td>
            {balances.map(({ currency, totals }) => {
              const total = totals.find((candidate) => candidate.kind === kind)?.total;
              return (
                <Td key={currency} className="h-9 whitespace-nowrap py-1.5 text-end">
                  {total ? formatAmount(total) : <span className="text-faint">{formatAmount({ amountMinor: 0, currency })}</span>}
                </Td>
              );
            })}
          </tr>
        ))}
      </tbody>
      <tfoot className="[&>tr>*]:border-b-0">
        <tr className="bg-subtle">
          <Th scope="row" className="text-base text-ink">
            Sum
          </Th>
          {balances.map(({ currency, sum, balanced }) => {
            const Icon = balanced ? Check : X;
            return (
              <Td key={currency} className="whitespace-nowrap text-end font-medium">
                <span
                  className={
                    balanced ? "inline-flex items-center gap-1.5 text-success" : "inline-flex items-center gap-1.5 text-danger"
                  }
                >
                  <Icon className="size-4" aria-hidden="true" />
                  {formatAmount(sum)}
                  <span className="sr-only">{balanced ? ", balanced" : ", out of balance"}</span>
                </span>
              </Td>
            );
          })}
        </tr>
      </tfoot>
    </Table>
  );
}
