/** A complete environment for tests that start no service; the addresses lead nowhere. */
export const COMPLETE_ENV = {
  NODE_ENV: "test",
  APP_URL: "https://portal.example/start",
  AUTH_SECRET: "a".repeat(32),
  DATABASE_URL: "postgres://app@127.0.0.1:1/steller",
  UPSTASH_REDIS_REST_URL: "http://127.0.0.1:1",
  UPSTASH_REDIS_REST_TOKEN: "token",
  INNGEST_EVENT_KEY: "event",
  INNGEST_SIGNING_KEY: "signing",
  BAMBOO_BASE_URL: "http://127.0.0.1:1",
  BAMBOO_CLIENT_ID: "client",
  BAMBOO_CLIENT_SECRET: "secret",
  BAMBOO_ACCOUNT_ID: "4321",
  BAMBOO_NOTIFICATION_SECRET: "n".repeat(24),
  CARD_MASTER_KEYS: `1:${keyText(1)}`,
  CARD_FINGERPRINT_KEY: keyText(9),
};

/** 32 equal bytes in base64. */
export function keyText(byte: number): string {
  return Buffer.alloc(32, byte).toString("base64");
}
