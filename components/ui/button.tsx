import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export const buttonStyles = cva(
  "inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded-lg font-medium transition-colors disabled:cursor-not-allowed disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      look: {
        primary: "bg-accent text-on-accent shadow-raised hover:enabled:bg-accent-hover [a&]:hover:bg-accent-hover",
        secondary: "border border-line bg-surface text-ink shadow-raised hover:enabled:bg-hover [a&]:hover:bg-hover",
        ghost: "text-muted hover:enabled:bg-hover hover:enabled:text-ink [a&]:hover:bg-hover [a&]:hover:text-ink",
        danger: "bg-danger text-on-danger shadow-raised hover:enabled:bg-danger-hover",
      },
      size: {
        sm: "h-8 px-3 text-sm",
        md: "h-9 px-3.5 text-base",
        lg: "h-11 px-5 text-lg",
        icon: "size-9",
      },
    },
    defaultVariants: { look: "secondary", size: "md" },
  },
);

interface Props extends ComponentProps<"button">, VariantProps<typeof buttonStyles> {
  /** Shows a spinner and refuses further presses; the label stays, so that the button keeps its name. */
  busy?: boolean;
}

export function Button({ look, size, busy = false, className, children, disabled, type = "button", ...rest }: Props) {
  return (
    <button
      type={type}
      className={cn(buttonStyles({ look, size }), className)}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {busy ? <LoaderCircle className="animate-spin" aria-hidden="true" /> : null}
      {children}
    </button>
  );
}
