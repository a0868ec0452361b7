import type { ReactNode } from "react";
import { Mark } from "../ui/logo";

interface Props {
  title: string;
  children: ReactNode;
  action: ReactNode;
}

/** A page that is one message: not found, no access, broken. */
export function FullPage({ title, children, action }: Props) {
  return (
    <main className="grid min-h-dvh place-items-center px-6">
      <div className="max-w-md text-center">
        <Mark className="mx-auto mb-6 size-10" />
        <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
        <p className="mt-2 text-balance text-lg text-muted">{children}</p>
        <div className="mt-6 flex justify-center gap-2">{action}</div>
      </div>
    </main>
  );
}
