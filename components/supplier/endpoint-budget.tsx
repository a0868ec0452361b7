import type { SupplierLimits } from "@/lib/supplier/schemas";
import { formatCount } from "../format/number";
import { Meter } from "../ui/meter";
import { endpointWords } from "./call-words";
import { budgetWords, usedTone } from "./limit-words";

/** How much of an endpoint's budget is taken, and what the budget is. */
export function EndpointBudget({ name, limits }: { name: string; limits: SupplierLimits | null }) {
  if (!limits) return <span className="text-faint">–</span>;
  const { used, ahead, budget } = limits;
  const text = `${formatCount(used)} of ${formatCount(budget.limit)}`;
  return (
    <div className="min-w-36">
      <div className="mb-1 flex items-baseline justify-between gap-3 whitespace-nowrap text-sm">
        <span className="font-medium">{text}</span>
        {ahead > 0 ? <span className="text-muted">{formatCount(ahead)} ahead</span> : null}
      </div>
      <Meter
        label={`Budget of ${endpointWords(name)}`}
        value={used}
        max={budget.limit}
        text={`${text} calls used`}
        tone={usedTone(used, budget.limit)}
      />
      <p className="mt-1 whitespace-nowrap text-faint text-xs">{budgetWords(budget)}</p>
      {budget.source === "environment" ? <p className="whitespace-nowrap text-faint text-xs">set by the environment</p> : null}
    </div>
  );
}
