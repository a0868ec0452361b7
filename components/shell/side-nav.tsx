"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { currentMark } from "./current-mark";
import { type Area, NAV_ITEMS } from "./nav-items";

/** The navigation of a wide screen: a column at the reading start. */
export function SideNav({ area }: { area: Area }) {
  const pathname = usePathname();
  const hrefs = NAV_ITEMS[area].map(({ href }) => href);
  return (
    <nav aria-label="Main" className="grid gap-0.5">
      {NAV_ITEMS[area].map(({ href, label, icon: Icon }) => (
        <Link
          key={href}
          href={href}
          aria-current={currentMark(pathname, href, hrefs)}
          className="flex h-9 items-center gap-3 rounded-lg px-3 font-medium text-muted transition-colors hover:bg-hover hover:text-ink aria-[current]:bg-accent-soft aria-[current]:text-accent-text"
        >
          <Icon className="size-[1.125rem]" aria-hidden="true" />
          {label}
        </Link>
      ))}
    </nav>
  );
}
