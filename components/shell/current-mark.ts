/** What `aria-current` says for a link to `href`: "page" on it, "true" on a page below it. */
export function currentMark(pathname: string, href: string): "page" | "true" | undefined {
  if (pathname === href) return "page";
  return pathname.startsWith(`${href}/`) ? "true" : undefined;
}
