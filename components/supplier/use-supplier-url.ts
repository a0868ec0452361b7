"use client";

import { parseAsStringLiteral, useQueryStates } from "nuqs";
import { CALL_OUTCOMES, SUPPLIER_ENDPOINTS } from "@/lib/supplier/schemas";

const parsers = {
  endpoint: parseAsStringLiteral(SUPPLIER_ENDPOINTS),
  outcome: parseAsStringLiteral(CALL_OUTCOMES),
};

/** How the list of calls is filtered, as the address holds it. */
export const useSupplierUrl = () => useQueryStates(parsers);
