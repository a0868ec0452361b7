import type { Preview } from "@/lib/price-rules/schemas";
import { formatFace } from "../../format/money";
import { Badge } from "../../ui/badge";
import { Card } from "../../ui/card";
import { cn } from "../../ui/cn";
import { Money } from "../../ui/money";
import { Table, Td, Th } from "../../ui/table";
import { percentText } from "./percent";

type Row = Preview["items"][number];

interface Props {
  rows: readonly Row[];
  belowOnly: boolean;
}

/** A few of the products, the worst margin first. */
export function PreviewList({ rows, belowOnly }: Props) {
  if (rows.length === 0) {
    return (
      <p className="rounded-xl border bg-surface px-5 py-6 text-center text-muted">
        {belowOnly
          ? "Nothing would be below its margin."
          : "No product matches. The rule may cover none, or the search is too narrow."}
      </p>
    );
  }
  return (
    <>
      <PreviewTable rows={rows} />
      <PreviewCards rows={rows} />
    </>
  );
}

function PreviewTable({ rows }: { rows: readonly Row[] }) {
  return (
    <Card className="hidden overflow-hidden md:block">
      <Table caption="Products with their price now and then">
        <thead>
          <tr>
            <Th>Product</Th>
            <Th className="text-end">Now</Th>
            <Th className="text-end">Then</Th>
            <Th className="text-end">Cost</Th>
            <Th className="text-end">Margin</Th>
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>td]:border-b-0">
          {rows.map((row) => (
            <tr key={row.productId}>
              <Td className="max-w-52">
                <Names row={row} />
              </Td>
              <Td className="text-end">
                <Price money={row.priceNow} />
              </Td>
              <Td className="text-end font-medium">
                <Price money={row.priceThen} />
              </Td>
              <Td className="text-end text-muted">
                <Price money={row.cost} />
              </Td>
              <Td className="text-end">
                <Margin row={row} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

/** The list of a phone. */
function PreviewCards({ rows }: { rows: readonly Row[] }) {
  return (
    <ul className="grid gap-2.5 md:hidden">
      {rows.map((row) => (
        <li key={row.productId} className="rounded-xl border bg-surface p-4">
          <div className="flex items-start justify-between gap-3">
            <div className="min-w-0">
              <Names row={row} />
            </div>
            <Margin row={row} />
          </div>
          <p className="mt-2">
            <Price money={row.priceNow} /> <span className="text-faint">now,</span>{" "}
            <span className="font-medium">
              <Price money={row.priceThen} />
            </span>{" "}
            <span className="text-faint">then, cost</span> <Price money={row.cost} />
          </p>
        </li>
      ))}
    </ul>
  );
}

function Names({ row: { name, brandName, face } }: { row: Row }) {
  return (
    <>
      <span className="block truncate font-medium" title={name}>
        {name}
      </span>
      <span className="block truncate text-faint text-sm">
        {brandName} · {formatFace(face)}
      </span>
    </>
  );
}

function Price({ money }: { money: Row["priceNow"] }) {
  return money ? <Money money={money} /> : <span className="text-faint">none</span>;
}

function Margin({ row: { marginBasisPoints, belowMargin } }: { row: Row }) {
  const text = marginBasisPoints === null ? "no rate" : `${percentText(marginBasisPoints)} %`;
  if (belowMargin) return <Badge tone="danger">{text}</Badge>;
  return <span className={cn("whitespace-nowrap", marginBasisPoints === null && "text-faint")}>{text}</span>;
}
