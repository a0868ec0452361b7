/**
 * Bamboo's reason codes, sorted by whose fault they are. The line's: this product or value cannot be bought. Ours: account, funds,
 * set-up; nothing of the partner's fails. `already_exists` is no refusal: the order is there.
 */
export const REASONS = {
  WrongAccount: "ours",
  InsufficientBalance: "ours",
  InvalidProductIds: "line",
  InvalidProduct: "line",
  InvalidDenomination: "line",
  NoProducts: "ours",
  OrderAlreadyExists: "already_exists",
  ClientCatalogNotExist: "ours",
  OrderNotFound: "not_found",
  CardsLimitExceeded: "ours",
  ProductIsOutOfStock: "line",
  ClientPriceInvalid: "ours",
  UserNotEnabled: "ours",
} as const;

export type Reason = keyof typeof REASONS;
export type Fault = (typeof REASONS)[Reason];

const PATTERNS: [RegExp, Reason][] = [
  [/enough funds|insufficient (balance|funds)/i, "InsufficientBalance"],
  [/requested\s*:\s*\d+.*in\s*stock\s*:\s*\d+/is, "ProductIsOutOfStock"],
];

/** Fields in which a code or a sentence has been seen, most telling first. */
const FIELDS = ["message", "reason", "reasonCode", "code", "error"];

/** Finds the reason in an error body of any form seen so far; undefined where there is none that we know. */
export function findReason(body: unknown): Reason | undefined {
  const texts = typeof body === "string" ? [body] : fieldsOf(body);
  for (const text of texts) {
    const code = text.trim();
    if (isReason(code)) return code;
  }
  for (const text of texts) for (const [pattern, reason] of PATTERNS) if (pattern.test(text)) return reason;
  return undefined;
}

export function isReason(text: string): text is Reason {
  return Object.hasOwn(REASONS, text);
}

function fieldsOf(body: unknown): string[] {
  if (typeof body !== "object" || body === null) return [];
  const entries = new Map(Object.entries(body).map(([key, value]) => [key.toLowerCase(), value]));
  return FIELDS.map((field) => entries.get(field.toLowerCase())).filter((value): value is string => typeof value === "string");
}
