"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { ADJUSTMENT_STATES, transferKinds } from "@/lib/wallet/ledger.schemas";

export const LEDGER_VIEWS = ["wallets", "transfers", "adjustments"] as const;
export type LedgerView = (typeof LEDGER_VIEWS)[number];

const parsers = {
  view: parseAsStringLiteral(LEDGER_VIEWS).withDefault("wallets"),
  partner: parseAsString,
  kind: parseAsStringLiteral(transferKinds),
  status: parseAsStringLiteral(ADJUSTMENT_STATES),
};

/** What is shown and how it is filtered, as the address holds it. */
export const useLedgerUrl = () => useQueryStates(parsers);
