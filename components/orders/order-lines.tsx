import type { Order } from "@/lib/orders/schemas";
import { formatFace, formatMoney } from "../format/money";
import { countOf, formatCount } from "../format/number";
import { BrandLogo } from "../ui/brand-logo";
import { Panel } from "../ui/card";
import { Meter, type MeterTone } from "../ui/meter";
import { Money } from "../ui/money";
import { StatusBadge } from "./status-badge";

type OrderLine = Order["lines"][number];

export function OrderLines({ order }: { order: Order }) {
  return (
    <Panel title="Lines" aside={countOf(order.cards, "card")}>
      <ul className="divide-y border-t">
        {order.lines.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </ul>
    </Panel>
  );
}

const meterTones: Partial<Record<OrderLine["status"], MeterTone>> = {
  completed: "success",
  partially_completed: "warning",
};

function Line({ line }: { line: OrderLine }) {
  const count = `${formatCount(line.delivered)} of ${formatCount(line.quantity)} delivered`;
  const returned = line.returned.amountMinor > 0 ? `, ${formatMoney(line.returned)} returned` : "";
  return (
    <li className="flex gap-4 px-5 py-4">
      <BrandLogo name={line.brandName} logoUrl={line.logoUrl} />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
          <div className="min-w-0">
            <p className="font-medium">{line.productName}</p>
            <p className="text-muted text-sm">
              {formatCount(line.quantity)} × {formatFace(line.face)} at {formatMoney(line.unitPrice)}
            </p>
          </div>
          <Money money={line.total} className="font-medium" />
        </div>
        <div className="mt-3">
          <Meter
            label={`${line.productName}, delivered`}
            value={line.delivered}
            max={line.quantity}
            text={count}
            tone={meterTones[line.status] ?? "accent"}
          />
        </div>
        <div className="mt-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5 text-sm">
          <span className="text-muted">
            {count}
            {returned}
          </span>
          <StatusBadge status={line.status} />
        </div>
        {line.failure ? <p className="mt-2 rounded-lg bg-subtle px-3 py-2 text-muted text-sm">{line.failure}</p> : null}
      </div>
    </li>
  );
}
