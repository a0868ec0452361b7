"use client";

import { type FormEvent, useState } from "react";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Notice } from "../ui/notice";
import { signIn } from "./api/sign-in";

/** `next` is already known to be a path of this site; "/" leads everyone to their own home. */
export function SignInForm({ next }: { next: string }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(null);
    const outcome = await attempt(String(form.get("email")), String(form.get("password")));
    if (outcome === null) {
      window.location.assign(next);
      return;
    }
    setProblem(outcome);
    setBusy(false);
  };

  return (
    // A form that is sent before the page is ready must not put the password into the address.
    <form method="post" onSubmit={submit} className="grid gap-4">
      {problem ? (
        <Notice tone="danger" announce>
          {problem}
        </Notice>
      ) : null}
      <Field id="email" label="Email">
        <Input id="email" name="email" type="email" autoComplete="username" required placeholder="you@company.com" />
      </Field>
      <Field id="password" label="Password">
        <Input id="password" name="password" type="password" autoComplete="current-password" required />
      </Field>
      <Button type="submit" look="primary" size="lg" busy={busy} className="mt-1">
        Sign in
      </Button>
    </form>
  );
}

async function attempt(email: string, password: string): Promise<string | null> {
  try {
    return (await signIn(email, password)).problem;
  } catch {
    return "Steller could not be reached. Check your connection and try again.";
  }
}
