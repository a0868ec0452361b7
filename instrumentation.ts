/** Runs once when a server starts: a wrong environment stops it here, not at the first order. */
export async function register(): Promise<void> {
  // Next replaces this very expression while it builds, which keeps Node's modules out of the other runtime.
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { env } = await import("@/lib/env");
  env();
}
