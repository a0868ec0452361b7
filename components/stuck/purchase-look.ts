import { CircleCheck, CircleX, Hourglass, type LucideIcon, Siren } from "lucide-react";
import type { StuckItem } from "@/lib/dispatch/stuck.schemas";
import type { Tone } from "../ui/badge";

export interface PurchaseLook {
  label: string;
  tone: Tone;
  icon: LucideIcon;
}

/** Where a purchase stands, in a word or two. Doubt is never dressed as failure. */
export function purchaseLook({ status, escalatedAt }: Pick<StuckItem, "status" | "escalatedAt">): PurchaseLook {
  if (status === "settled") return { label: "Settled", tone: "success", icon: CircleCheck };
  if (status === "rejected") return { label: "Refused by the supplier", tone: "neutral", icon: CircleX };
  if (escalatedAt !== null) return { label: "Needs a person", tone: "danger", icon: Siren };
  return status === "placed"
    ? { label: "Taken in, not finished", tone: "info", icon: Hourglass }
    : { label: "Unclear", tone: "warning", icon: Hourglass };
}
