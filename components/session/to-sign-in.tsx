"use client";

import { useEffect } from "react";
import { FullPage } from "../shell/full-page";
import { buttonStyles } from "../ui/button";
import { leaveForSignIn } from "./leave-for-sign-in";

/**
 * Stands in for a page that needs signing in. Only the browser knows the whole address, search and all, that the person
 * wants to come back to, so it is the browser that goes on to the sign-in page; the link serves where no script runs.
 */
export function ToSignIn() {
  useEffect(leaveForSignIn, []);
  return (
    <FullPage
      title="Sign in to go on"
      action={
        <a href="/sign-in" className={buttonStyles({ look: "primary" })}>
          Sign in
        </a>
      }
    >
      You are being taken to the sign-in page, and back here after it.
    </FullPage>
  );
}
