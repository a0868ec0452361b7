import type { Metrics } from "@/lib/metrics/schemas";
import { Panel } from "../ui/card";
import { Money } from "../ui/money";

interface Props {
  money: Metrics["money"];
  window: Metrics["window"];
}

/** Per currency: taken for delivered cards in the window, and reserved right now. */
export function MoneyPanel({ money, window }: Props) {
  return (
    <Panel title="Money">
      <div className="grid gap-4 border-t px-5 py-4">
        {money.map(({ captured, held }) => (
          <dl key={captured.currency} className="grid gap-1">
            <div className="flex items-baseline justify-between gap-3">
              <dt className="text-muted text-sm">Captured, {window}</dt>
              <dd className="font-semibold">
                <Money money={captured} />
              </dd>
            </div>
            <div className="flex items-baseline justify-between gap-3">
              <dt className="text-muted text-sm">Held now</dt>
              <dd>
                <Money money={held} />
              </dd>
            </div>
          </dl>
        ))}
        {money.length === 0 ? <p className="text-muted">No money has moved in this window.</p> : null}
      </div>
    </Panel>
  );
}
