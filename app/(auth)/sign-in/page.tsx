import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { homeOf } from "@/components/session/home-of";
import { safeNext } from "@/components/session/safe-next";
import { SignInForm } from "@/components/session/sign-in-form";
import { Mark } from "@/components/ui/logo";
import { currentViewer } from "@/lib/http/viewer";

export const metadata: Metadata = { title: "Sign in" };

interface Props {
  searchParams: Promise<{ next?: string | string[] }>;
}

export default async function SignInPage({ searchParams }: Props) {
  const { next } = await searchParams;
  const target = safeNext(typeof next === "string" ? next : null);
  const me = await currentViewer();
  if (me) redirect(target ?? homeOf(me));
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-[25rem]">
        <div className="mb-8 text-center">
          <Mark className="mx-auto size-12" />
          <h1 className="mt-5 font-semibold text-2xl tracking-tight">Sign in to Steller</h1>
          <p className="mt-1.5 text-muted">Order gift cards and follow every one of them.</p>
        </div>
        <div className="rounded-2xl border bg-surface p-6 shadow-float sm:p-8">
          <SignInForm next={target ?? "/"} />
        </div>
        <p className="mt-6 text-balance text-center text-faint text-sm">
          No account yet, or locked out? Ask an owner of your company's team.
        </p>
      </div>
    </main>
  );
}
