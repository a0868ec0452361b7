import type { Reveal } from "@/lib/cards/schemas";
import { formatExact } from "../format/time";
import { CopyButton } from "../ui/copy-button";

export function RevealedCode({ reveal }: { reveal: Reveal }) {
  const parts = [
    { name: "Code", value: reveal.code },
    { name: "PIN", value: reveal.pin },
    { name: "Serial number", value: reveal.serialNumber },
  ];
  return (
    <div className="mt-3 animate-fade-in rounded-lg border border-accent/40 bg-accent-soft px-4 py-3">
      <dl className="grid gap-2">
        {parts.map(({ name, value }) =>
          value === null ? null : (
            <div key={name} className="flex items-center gap-3">
              <dt className="w-28 shrink-0 text-muted text-sm">{name}</dt>
              <dd className="flex min-w-0 items-center gap-1">
                <span className="select-all break-all font-medium font-mono text-lg">{value}</span>
                <CopyButton text={value} label={`Copy ${name === "PIN" ? name : name.toLowerCase()}`} />
              </dd>
            </div>
          ),
        )}
      </dl>
      <p className="mt-2 text-muted text-xs">Recorded {formatExact(reveal.revealedAt)}. Copy it now: it hides itself.</p>
    </div>
  );
}
