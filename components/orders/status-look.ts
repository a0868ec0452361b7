import { Ban, CircleCheck, CircleX, Clock3, Hourglass, LoaderCircle, type LucideIcon, PieChart } from "lucide-react";
import type { LineState, OrderState } from "@/lib/orders/states.shared";
import type { Tone } from "../ui/badge";

export interface StatusLook {
  label: string;
  tone: Tone;
  icon: LucideIcon;
  /** The icon turns while the state lasts by itself. */
  turns: boolean;
}

/** How each state looks wherever it is shown. An unclear outcome is never dressed as a failure. */
export const STATUS_LOOKS: Record<OrderState | LineState, StatusLook> = {
  queued: { label: "Queued", tone: "neutral", icon: Clock3, turns: false },
  processing: { label: "Processing", tone: "accent", icon: LoaderCircle, turns: true },
  confirming: { label: "Confirming with supplier", tone: "info", icon: Hourglass, turns: false },
  completed: { label: "Completed", tone: "success", icon: CircleCheck, turns: false },
  partially_completed: { label: "Partly delivered", tone: "warning", icon: PieChart, turns: false },
  failed: { label: "Failed", tone: "danger", icon: CircleX, turns: false },
  cancelled: { label: "Cancelled", tone: "neutral", icon: Ban, turns: false },
};
