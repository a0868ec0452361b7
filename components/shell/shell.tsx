import Link from "next/link";
import type { ReactNode } from "react";
import { Wordmark } from "../ui/logo";
import { BottomNav } from "./bottom-nav";
import { AREA_HOME, type Area } from "./nav-items";
import { SideNav } from "./side-nav";
import { ThemeSwitch } from "./theme-switch";
import { UserMenu } from "./user-menu";

interface Props {
  area: Area;
  /** Whose place this is: the partner's name, or the staff area. */
  place: string;
  role: string;
  /** Stands at the end of the header, before theme and account. */
  headerEnd?: ReactNode;
  children: ReactNode;
}

/** The frame of every signed-in page. */
export function Shell({ area, place, role, headerEnd, children }: Props) {
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
      <SkipLink />
      <aside className="sticky top-0 hidden h-dvh flex-col border-e bg-surface px-3 py-4 lg:flex">
        <Link href={AREA_HOME[area]} className="mb-6 self-start rounded-lg px-2 py-1" aria-label="Steller, start page">
          <Wordmark />
        </Link>
        <SideNav area={area} />
        <div className="mt-auto rounded-lg bg-subtle px-3 py-2.5">
          <p className="truncate font-medium text-sm">{place}</p>
          <p className="text-faint text-xs capitalize">{role}</p>
        </div>
      </aside>
      <div className="flex min-w-0 flex-col">
        <header className="sticky top-0 z-20 flex h-14 items-center gap-2 border-b bg-surface/95 px-4 backdrop-blur-sm md:px-8">
          <Link href={AREA_HOME[area]} className="rounded-lg lg:hidden" aria-label="Steller, start page">
            <Wordmark className="max-sm:[&_span_span]:sr-only" />
          </Link>
          <div className="ms-auto flex min-w-0 items-center gap-1.5">
            {headerEnd}
            <ThemeSwitch />
            <UserMenu />
          </div>
        </header>
        <main
          id="content"
          tabIndex={-1}
          className="mx-auto w-full max-w-7xl flex-1 px-4 pt-6 pb-24 outline-none md:px-8 md:pt-8 lg:pb-12"
        >
          {children}
        </main>
      </div>
      <BottomNav area={area} />
    </div>
  );
}

function SkipLink() {
  return (
    <a
      href="#content"
      className="sr-only z-50 rounded-lg bg-accent px-4 py-2 font-medium text-on-accent focus:not-sr-only focus:fixed focus:start-4 focus:top-3"
    >
      Skip to content
    </a>
  );
}
