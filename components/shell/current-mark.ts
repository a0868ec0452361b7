/**
 * What `aria-current` says for a link to `href`: "page" on it, "true" on a page below it, unless another of `hrefs` is nearer to that
 * page.
 */
export function currentMark(pathname: string, href: string, hrefs: readonly string[] = []): "page" | "true" | undefined {
  if (pathname === href) return "page";
  const isAbove = (candidate: string) => pathname === candidate || pathname.startsWith(`${candidate}/`);
  const nearer = hrefs.some((other) => other.length > href.length && isAbove(other));
  return isAbove(href) && !nearer ? "true" : undefined;
}
