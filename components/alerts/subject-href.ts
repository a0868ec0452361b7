const DISPATCH = "dispatch:";

/** The page about what an alert is about; null where there is none. */
export function subjectHref(subject: string): string | null {
  if (!subject.startsWith(DISPATCH)) return null;
  return `/admin/stuck/${encodeURIComponent(subject.slice(DISPATCH.length))}`;
}
