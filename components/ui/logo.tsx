/** The mark of Steller: a four-pointed star, one ray of it reaching past the rest. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true">
      <rect width="32" height="32" rx="9" className="fill-accent" />
      <path
        d="M16 4.5c.9 6.2 2.6 8.6 10 11.5-7.4 2.4-9.1 4.8-10 11.5-.9-6.7-2.6-9.1-10-11.5C13.4 13.1 15.1 10.7 16 4.5Z"
        className="fill-on-accent"
      />
      <circle cx="24.8" cy="7.4" r="1.7" className="fill-on-accent opacity-70" />
    </svg>
  );
}

export function Wordmark({ className }: { className?: string }) {
  return (
    <span className={className}>
      <span className="inline-flex items-center gap-2.5">
        <Mark className="size-7" />
        <span className="font-semibold text-lg tracking-tight">Steller</span>
      </span>
    </span>
  );
}
