import { cva, type VariantProps } from "class-variance-authority";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

const styles = cva(
  "inline-flex items-center gap-1.5 whitespace-nowrap rounded-full align-middle px-2.5 py-0.5 font-medium text-xs [&_svg]:size-3.5 [&_svg]:shrink-0",
  {
    variants: {
      tone: {
        neutral: "bg-hover text-muted",
        accent: "bg-accent-soft text-accent-text",
        success: "bg-success-soft text-success",
        warning: "bg-warning-soft text-warning",
        danger: "bg-danger-soft text-danger",
        info: "bg-info-soft text-info",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

export type Tone = NonNullable<VariantProps<typeof styles>["tone"]>;

interface Props {
  tone: Tone;
  /** Words carry the meaning; the icon helps those who scan, the colour those who see it. */
  icon?: LucideIcon;
  spin?: boolean;
  children: ReactNode;
}

export function Badge({ tone, icon: Icon, spin = false, children }: Props) {
  return (
    <span className={styles({ tone })}>
      {Icon ? <Icon aria-hidden="true" className={cn(spin && "animate-[spin_2.4s_linear_infinite]")} /> : null}
      {children}
    </span>
  );
}
