import { Zap } from "lucide-react";
import type { Lane } from "@/lib/orders/schemas";
import { Badge } from "../ui/badge";

/** Only what is out of the ordinary is worth a badge. */
export function LaneBadge({ lane }: { lane: Lane }) {
  if (lane !== "urgent") return null;
  return (
    <Badge tone="warning" icon={Zap}>
      Urgent
    </Badge>
  );
}
