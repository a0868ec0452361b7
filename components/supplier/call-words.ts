import { CALL_OUTCOMES, type CallOutcome, SUPPLIER_ENDPOINTS, type SupplierEndpoint } from "@/lib/supplier/schemas";
import type { Tone } from "../ui/badge";

export const ENDPOINT_WORDS: Record<SupplierEndpoint, string> = {
  placeOrder: "Place order",
  getOrder: "Read order",
  catalog: "Catalogue",
  exchangeRates: "Exchange rates",
  ordersReport: "Orders report",
};

const OUTCOMES: Record<CallOutcome, { label: string; tone: Tone }> = {
  placed: { label: "Taken in", tone: "success" },
  rejected: { label: "Refused", tone: "danger" },
  found: { label: "Order read", tone: "success" },
  not_found: { label: "Not known there", tone: "neutral" },
  page: { label: "Page read", tone: "success" },
  rates: { label: "Rates read", tone: "success" },
  report: { label: "Report read", tone: "success" },
  refused: { label: "Question refused", tone: "danger" },
  throttled: { label: "Too many requests", tone: "warning" },
  unknown: { label: "Outcome unknown", tone: "warning" },
  unclear: { label: "No clear answer", tone: "warning" },
};

const known = <T extends string>(all: readonly T[], text: string): T | undefined => all.find((one) => one === text);

/** An endpoint that has no words here keeps its own name. */
export function endpointWords(endpoint: string): string {
  const name = known(SUPPLIER_ENDPOINTS, endpoint);
  return name ? ENDPOINT_WORDS[name] : endpoint;
}

/** What came back, for a person; an outcome that has no words here keeps its own name, never an error. */
export function outcomeLook(outcome: string): { label: string; tone: Tone } {
  const name = known(CALL_OUTCOMES, outcome);
  return name ? OUTCOMES[name] : { label: outcome.replaceAll("_", " "), tone: "neutral" };
}
