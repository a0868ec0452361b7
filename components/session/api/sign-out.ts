"use client";

import { toast } from "sonner";
import { authClient } from "../auth-client";

/** Ends the session and leaves with a full page load, so that nothing of it stays in memory. */
export async function signOut(): Promise<void> {
  const { error } = await authClient().signOut();
  if (error) {
    toast.error("Signing out did not work. Check your connection and try again.");
    return;
  }
  window.location.assign("/sign-in");
}
