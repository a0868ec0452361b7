import Link from "next/link";
import type { SupplierCall } from "@/lib/supplier/schemas";
import { formatCount } from "../format/number";
import { formatDuration } from "../format/time";
import { Badge } from "../ui/badge";
import { Card } from "../ui/card";
import { RelativeTime } from "../ui/relative-time";
import { Table, Td, Th } from "../ui/table";
import { endpointWords, outcomeLook } from "./call-words";

/** The dense form, for comparing. */
export function CallTable({ calls }: { calls: readonly SupplierCall[] }) {
  return (
    <Card className="hidden overflow-hidden md:block">
      <Table caption="Calls to the supplier, newest first">
        <thead>
          <tr>
            <Th>When</Th>
            <Th>Endpoint</Th>
            <Th>Outcome</Th>
            <Th className="text-end">HTTP</Th>
            <Th className="text-end">Took</Th>
            <Th className="text-end">Products</Th>
            <Th>Purchase</Th>
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>td]:border-b-0">
          {calls.map((call) => (
            <Row key={call.id} call={call} />
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function Row({ call: { at, endpoint, outcome, httpStatus, durationMs, products, dispatchId } }: { call: SupplierCall }) {
  const { label, tone } = outcomeLook(outcome);
  return (
    <tr>
      <Td className="whitespace-nowrap text-muted">
        <RelativeTime iso={at} />
      </Td>
      <Td className="whitespace-nowrap font-medium">{endpointWords(endpoint)}</Td>
      <Td>
        <Badge tone={tone}>{label}</Badge>
      </Td>
      <Td className="text-end">{httpStatus ?? <span className="text-faint">none</span>}</Td>
      <Td className="whitespace-nowrap text-end">{formatDuration(durationMs / 1_000)}</Td>
      <Td className="text-end">{products === 0 ? <span className="text-faint">–</span> : formatCount(products)}</Td>
      <Td>{dispatchId ? <PurchaseLink dispatchId={dispatchId} /> : <span className="text-faint">–</span>}</Td>
    </tr>
  );
}

/** To the evidence of the purchase that the call was for. */
export function PurchaseLink({ dispatchId }: { dispatchId: string }) {
  return (
    <Link
      href={`/admin/stuck/${dispatchId}`}
      className="block w-[9ch] truncate rounded-sm font-mono text-accent-text text-sm underline underline-offset-2"
      title={dispatchId}
    >
      {dispatchId}
    </Link>
  );
}
