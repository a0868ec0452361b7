import type { LineState, OrderState } from "@/lib/orders/states.shared";
import { Badge } from "../ui/badge";
import { STATUS_LOOKS } from "./status-look";

export function StatusBadge({ status }: { status: OrderState | LineState }) {
  const { label, tone, icon, turns } = STATUS_LOOKS[status];
  return (
    <Badge tone={tone} icon={icon} spin={turns}>
      {label}
    </Badge>
  );
}
