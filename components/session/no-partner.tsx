"use client";

import { FullPage } from "../shell/full-page";
import { Button } from "../ui/button";
import { signOut } from "./api/sign-out";

/** Signed in, but a member of no partner and not on the staff. */
export function NoPartner() {
  return (
    <FullPage title="You belong to no team yet" action={<Button onClick={() => void signOut()}>Sign out</Button>}>
      Your account works, but no partner has added you. Ask an owner of your company's team to do so, then sign in again.
    </FullPage>
  );
}
