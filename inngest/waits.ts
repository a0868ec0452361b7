const MAX_WAIT_SECONDS = 300;

/** Inngest cuts a wait to whole seconds, so it is rounded up: too late is a delay, too early is a limit broken. */
export function wholeSeconds(waitMs: number): `${number}s` {
  return `${Math.min(Math.max(Math.ceil(waitMs / 1_000), 1), MAX_WAIT_SECONDS)}s`;
}
