import { Badge } from "../ui/badge";
import { purchaseLook } from "./purchase-look";

export function PurchaseBadge({ purchase }: { purchase: Parameters<typeof purchaseLook>[0] }) {
  const { label, tone, icon } = purchaseLook(purchase);
  return (
    <Badge tone={tone} icon={icon}>
      {label}
    </Badge>
  );
}
