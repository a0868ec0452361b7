import { CircleCheck, type LucideIcon, Siren, TriangleAlert } from "lucide-react";
import type { Alert } from "@/lib/alerts/schemas";
import type { Tone } from "../ui/badge";

interface AlertLook {
  label: string;
  tone: Tone;
  icon: LucideIcon;
}

/** How bad it is; once it is over it calls nobody any more. */
export function alertLook({ severity, resolvedAt }: Pick<Alert, "severity" | "resolvedAt">): AlertLook {
  const label = severity === "critical" ? "Critical" : "Warning";
  if (resolvedAt !== null) return { label: `${label}, resolved`, tone: "neutral", icon: CircleCheck };
  return severity === "critical" ? { label, tone: "danger", icon: Siren } : { label, tone: "warning", icon: TriangleAlert };
}
