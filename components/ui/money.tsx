import type { MoneyView } from "@/lib/money.schemas";
import { formatAmount } from "../format/money";
import { cn } from "./cn";

interface Props {
  money: MoneyView;
  className?: string;
}

/** The amount with its currency, the code a step quieter than the figure. */
export function Money({ money, className }: Props) {
  return (
    <span className={cn("whitespace-nowrap", className)}>
      {formatAmount(money)} <span className="font-normal text-[0.85em] text-faint">{money.currency}</span>
    </span>
  );
}
