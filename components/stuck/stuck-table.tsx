import Link from "next/link";
import type { StuckItem } from "@/lib/dispatch/stuck.schemas";
import { countOf } from "../format/number";
import { formatDuration, formatExact } from "../format/time";
import { Card } from "../ui/card";
import { Money } from "../ui/money";
import { RelativeTime } from "../ui/relative-time";
import { Table, Td, Th } from "../ui/table";
import { PurchaseBadge } from "./purchase-badge";
import { orderWords, partnerWords } from "./served-words";

/** The dense form, for comparing. The row's link covers the whole row. */
export function StuckTable({ purchases }: { purchases: readonly StuckItem[] }) {
  return (
    <Card className="hidden overflow-hidden md:block">
      <Table caption="Purchases in doubt, longest first">
        <thead>
          <tr>
            <Th>Request id</Th>
            <Th>In doubt for</Th>
            <Th>Orders</Th>
            <Th className="text-end">Held</Th>
            <Th>Last answer</Th>
            <Th>Status</Th>
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>td]:border-b-0">
          {purchases.map((purchase) => (
            <Row key={purchase.id} purchase={purchase} />
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function Row({ purchase }: { purchase: StuckItem }) {
  return (
    <tr className="relative transition-colors hover:bg-subtle">
      <Td>
        <Link
          href={`/admin/stuck/${purchase.id}`}
          className="font-medium font-mono text-sm outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
        >
          <span className="block w-[9ch] truncate">{purchase.id}</span>
        </Link>
      </Td>
      <Td className="whitespace-nowrap font-medium">
        <time dateTime={purchase.since} title={formatExact(purchase.since)} className="relative z-10">
          {formatDuration(purchase.ageSeconds)}
        </time>
      </Td>
      <Td className="max-w-48">
        <span className="block truncate">{orderWords(purchase)}</span>
        <span className="block truncate text-faint text-sm">{partnerWords(purchase)}</span>
      </Td>
      <Td className="whitespace-nowrap text-end">
        {purchase.sums.map((sum) => (
          <Money key={sum.currency} money={sum} className="block font-medium" />
        ))}
        <span className="block text-faint text-sm">{countOf(purchase.cards, "card")}</span>
      </Td>
      <Td className="min-w-56">
        <span className="line-clamp-2 text-sm">{purchase.lastAnswer}</span>
        <span className="block text-faint text-xs">
          {purchase.lastAnswerAt ? (
            <>
              <RelativeTime iso={purchase.lastAnswerAt} />,{" "}
            </>
          ) : null}
          {countOf(purchase.attempts, "attempt")}, {countOf(purchase.reads, "read")}
        </span>
      </Td>
      <Td>
        <PurchaseBadge purchase={purchase} />
      </Td>
    </tr>
  );
}
