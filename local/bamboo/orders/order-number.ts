const DIGITS = 8;

/** `O-` and the order id with leading zeros. */
export function orderNumber(orderId: number): string {
  return `O-${String(orderId).padStart(DIGITS, "0")}`;
}
