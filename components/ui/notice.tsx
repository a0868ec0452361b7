import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

type NoticeTone = "info" | "success" | "warning" | "danger";

const looks: Record<NoticeTone, { icon: LucideIcon; className: string }> = {
  info: { icon: Info, className: "bg-info-soft text-info" },
  success: { icon: CircleCheck, className: "bg-success-soft text-success" },
  warning: { icon: TriangleAlert, className: "bg-warning-soft text-warning" },
  danger: { icon: CircleAlert, className: "bg-danger-soft text-danger" },
};

interface Props {
  tone: NoticeTone;
  children: ReactNode;
  /** Set where the notice appears in answer to something the person just did. */
  announce?: boolean;
}

export function Notice({ tone, children, announce = false }: Props) {
  const { icon: Icon, className } = looks[tone];
  return (
    <div role={announce ? "alert" : undefined} className={cn("flex gap-2.5 rounded-lg px-3.5 py-2.5 text-sm", className)}>
      <Icon className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
