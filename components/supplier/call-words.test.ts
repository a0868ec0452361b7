import { expect, it } from "vitest";
import { CALL_OUTCOMES, SUPPLIER_ENDPOINTS } from "@/lib/supplier/schemas";
import { endpointWords, outcomeLook } from "./call-words";

it("each endpoint and outcome has words of its own", () => {
  expect(new Set(SUPPLIER_ENDPOINTS.map(endpointWords)).size).toBe(SUPPLIER_ENDPOINTS.length);
  expect(new Set(CALL_OUTCOMES.map((outcome) => outcomeLook(outcome).label)).size).toBe(CALL_OUTCOMES.length);
});

it("what is new keeps its name", () => {
  expect(endpointWords("accountBalance")).toBe("accountBalance");
  expect(outcomeLook("gone_away")).toEqual({ label: "gone away", tone: "neutral" });
});
