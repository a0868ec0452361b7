import type { Transfer } from "@/lib/wallet/ledger.schemas";
import { Badge } from "../ui/badge";
import { Card } from "../ui/card";
import { Money } from "../ui/money";
import { RelativeTime } from "../ui/relative-time";
import { Table, Td, Th } from "../ui/table";
import { sideWords, TRANSFER_WORDS } from "./ledger-words";
import { transferSubject } from "./transfer-subject";

/** The dense form, for comparing. */
export function TransferTable({ transfers }: { transfers: readonly Transfer[] }) {
  return (
    <Card className="hidden overflow-hidden md:block">
      <Table caption="Transfers, newest first">
        <thead>
          <tr>
            <Th>When</Th>
            <Th>Kind</Th>
            <Th className="text-end">Amount</Th>
            <Th>From</Th>
            <Th>To</Th>
            <Th>For</Th>
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>td]:border-b-0">
          {transfers.map((transfer) => (
            <tr key={transfer.id}>
              <Td className="whitespace-nowrap text-muted">
                <RelativeTime iso={transfer.at} />
              </Td>
              <Td>
                <Badge tone={transfer.kind === "adjustment" ? "warning" : "neutral"}>{TRANSFER_WORDS[transfer.kind]}</Badge>
              </Td>
              <Td className="text-end font-medium">
                <Money money={transfer.amount} />
              </Td>
              <Td className="min-w-32">{sideWords(transfer.from)}</Td>
              <Td className="min-w-32">{sideWords(transfer.to)}</Td>
              <Td className="max-w-56 break-words text-muted text-sm">{transferSubject(transfer)}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
