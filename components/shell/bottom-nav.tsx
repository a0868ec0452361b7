"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { currentMark } from "./current-mark";
import { type Area, NAV_ITEMS } from "./nav-items";

/** The navigation of a phone: within reach of a thumb. */
export function BottomNav({ area }: { area: Area }) {
  const pathname = usePathname();
  const hrefs = NAV_ITEMS[area].map(({ href }) => href);
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-30 flex border-t bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden"
    >
      {NAV_ITEMS[area].map(({ href, label, icon: Icon }) => (
        <Link
          key={href}
          href={href}
          aria-current={currentMark(pathname, href, hrefs)}
          className="flex h-14 flex-1 flex-col items-center justify-center gap-1 font-medium text-muted text-xs aria-[current]:text-accent-text"
        >
          <Icon className="size-5" aria-hidden="true" />
          {label}
        </Link>
      ))}
    </nav>
  );
}
