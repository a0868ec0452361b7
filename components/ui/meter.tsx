import { cn } from "./cn";

export type MeterTone = "accent" | "warning" | "danger" | "success";

interface Props {
  label: string;
  value: number;
  max: number;
  /** The value in words, such as "87 of 120 calls". */
  text: string;
  tone?: MeterTone;
}

const fills: Record<MeterTone, string> = {
  accent: "bg-accent",
  warning: "bg-chart-5",
  danger: "bg-chart-3",
  success: "bg-chart-2",
};

export function Meter({ label, value, max, text, tone = "accent" }: Props) {
  const share = max <= 0 ? 0 : Math.min(1, Math.max(0, value / max));
  return (
    <div className="relative h-1.5 overflow-hidden rounded-full bg-hover">
      {/* The element speaks; the bar is drawn, as browsers style meters each in their own way. */}
      <meter
        className="absolute inset-0 size-full opacity-0"
        aria-label={label}
        aria-valuetext={text}
        min={0}
        max={Math.max(max, 1)}
        value={share * Math.max(max, 1)}
      />
      <div
        aria-hidden="true"
        className={cn("h-full rounded-full transition-[width] duration-500", fills[tone])}
        style={{ width: `${share * 100}%` }}
      />
    </div>
  );
}
