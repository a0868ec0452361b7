const ANY_ORIGIN = "https://steller.invalid";

/** The path to go on to after signing in, or null unless it is a plain path of this site: never another host, never sign-in itself. */
export function safeNext(next: string | null | undefined): string | null {
  if (!next?.startsWith("/") || /[\\\p{Cc}]/u.test(next)) return null;
  if (!URL.canParse(next, ANY_ORIGIN)) return null;
  const url = new URL(next, ANY_ORIGIN);
  if (url.origin !== ANY_ORIGIN || url.pathname.startsWith("//") || url.pathname === "/sign-in") return null;
  return url.pathname + url.search;
}
