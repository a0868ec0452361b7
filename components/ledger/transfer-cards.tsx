import type { Transfer } from "@/lib/wallet/ledger.schemas";
import { Badge } from "../ui/badge";
import { Money } from "../ui/money";
import { RelativeTime } from "../ui/relative-time";
import { sideWords, TRANSFER_WORDS } from "./ledger-words";
import { transferSubject } from "./transfer-subject";

/** The list of a phone. */
export function TransferCards({ transfers }: { transfers: readonly Transfer[] }) {
  return (
    <ul className="grid grid-cols-1 gap-2.5 md:hidden">
      {transfers.map((transfer) => (
        <li key={transfer.id} className="rounded-xl border bg-surface p-4 shadow-raised">
          <p className="flex items-center justify-between gap-3">
            <Money money={transfer.amount} className="font-medium" />
            <Badge tone={transfer.kind === "adjustment" ? "warning" : "neutral"}>{TRANSFER_WORDS[transfer.kind]}</Badge>
          </p>
          <p className="mt-2">
            {sideWords(transfer.from)} <span className="text-faint">to</span> {sideWords(transfer.to)}
          </p>
          <p className="mt-1 break-words text-faint text-sm">
            <RelativeTime iso={transfer.at} /> · {transferSubject(transfer)}
          </p>
        </li>
      ))}
    </ul>
  );
}
