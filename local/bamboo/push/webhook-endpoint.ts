const OLD_SECRET_VALID_MS = 86_400_000;
const DISABLED_AFTER_FAILING_MS = 5 * 86_400_000;

/** The one webhook endpoint of the sandbox's client, as its portal would hold it. */
export class WebhookEndpoint {
  url: string | null = null;
  disabled = false;
  private secrets: { secret: string; validUntilMs: number }[] = [];
  private failingSinceMs: number | null = null;

  configure(url: string | null, secret: string | null): void {
    this.url = url;
    this.secrets = secret === null ? [] : [{ secret, validUntilMs: Number.POSITIVE_INFINITY }];
    this.disabled = false;
    this.failingSinceMs = null;
  }

  /** The old secret stays valid for 24 hours: until then a message carries both signatures. */
  rotate(secret: string, nowMs: number): void {
    for (const entry of this.secrets) entry.validUntilMs = Math.min(entry.validUntilMs, nowMs + OLD_SECRET_VALID_MS);
    this.secrets.unshift({ secret, validUntilMs: Number.POSITIVE_INFINITY });
  }

  validSecrets(nowMs: number): string[] {
    return this.secrets.filter((entry) => entry.validUntilMs > nowMs).map((entry) => entry.secret);
  }

  /** An endpoint that has failed for five days without a success is switched off. */
  note(success: boolean, nowMs: number): void {
    if (success) this.failingSinceMs = null;
    else this.failingSinceMs ??= nowMs;
    if (this.failingSinceMs !== null && nowMs - this.failingSinceMs >= DISABLED_AFTER_FAILING_MS) this.disabled = true;
  }
}
