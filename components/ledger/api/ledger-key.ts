/** Everything read of the ledger: one entry changes sums, wallets and lists together. */
export const LEDGER_KEY = ["ledger"] as const;
