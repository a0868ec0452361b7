"use client";

/** Leaves the page with everything it holds in memory, and comes back to it after signing in. */
export function leaveForSignIn(): void {
  const { pathname, search } = window.location;
  if (pathname === "/sign-in") return;
  window.location.assign(`/sign-in?next=${encodeURIComponent(pathname + search)}`);
}
