const DISPATCH = "dispatch:";
const SUPPLIER = "supplier:";

/** The page about what an alert is about; null where there is none. */
export function subjectHref(subject: string): string | null {
  if (subject.startsWith(SUPPLIER)) return "/admin/supplier";
  if (!subject.startsWith(DISPATCH)) return null;
  return `/admin/stuck/${encodeURIComponent(subject.slice(DISPATCH.length))}`;
}
