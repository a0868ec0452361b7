"use client";

import { authClient } from "../auth-client";

const UNAUTHORIZED = 401;
const TOO_MANY = 429;

/** Signs in, or returns one sentence that says what is wrong and what to do. Never says whether the address is known. */
export async function signIn(email: string, password: string): Promise<{ problem: string | null }> {
  const { error } = await authClient().signIn.email({ email, password });
  if (!error) return { problem: null };
  if (error.status === UNAUTHORIZED) {
    return { problem: "Email and password do not match. Check both, or ask an owner of your team to reset your password." };
  }
  if (error.status === TOO_MANY) return { problem: "Too many tries. Wait a minute, then try again." };
  return { problem: error.message ?? "Signing in did not work just now. Try again in a moment." };
}
