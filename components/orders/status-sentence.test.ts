import { describe, expect, it } from "vitest";
import { ORDER_STATES } from "@/lib/orders/states.shared";
import { STATUS_LOOKS } from "./status-look";
import { type Progress, statusMeaning, statusSentence } from "./status-sentence";

const sentence = (progress: Partial<Progress>) =>
  statusSentence({
    status: "queued",
    position: null,
    cards: 10,
    delivered: 0,
    returned: { amountMinor: 0, currency: "USD" },
    ...progress,
  }).replaceAll("\u00a0", " ");

describe("statusSentence", () => {
  it("gives the place in the queue while there is one", () => {
    expect(sentence({ position: 1 })).toBe("Queued · next in line");
    expect(sentence({ position: 3 })).toBe("Queued · 3rd in line");
    expect(sentence({ position: 12 })).toBe("Queued · 12th in line");
    expect(sentence({ position: 1_001 })).toBe("Queued · 1,000 or more ahead");
    expect(sentence({})).toBe("Queued");
  });

  it("counts what is delivered and says what came back", () => {
    const returned = { amountMinor: 3_000, currency: "USD" };
    expect(sentence({ status: "partially_completed", delivered: 7, returned })).toBe("7 of 10 delivered, 30.00 USD returned");
    expect(sentence({ status: "completed", delivered: 10 })).toBe("Completed · 10 of 10 delivered");
    expect(sentence({ status: "failed", returned })).toBe("Failed · 30.00 USD returned");
    expect(sentence({ status: "processing", delivered: 4 })).toBe("Processing · 4 of 10 delivered");
  });

  it("never calls an unclear outcome failed", () => {
    expect(sentence({ status: "confirming" })).toBe("Confirming with supplier");
    expect(STATUS_LOOKS.confirming.tone).not.toBe("danger");
    expect(`${STATUS_LOOKS.confirming.label} ${statusMeaning("confirming", [])}`).not.toMatch(/fail/i);
  });

  it("says that the supplier has an order only once it does", () => {
    expect(statusMeaning("processing", ["accepted", "claimed"])).toContain("On its way");
    expect(statusMeaning("processing", ["accepted", "claimed", "delayed"])).toContain("cannot take our orders");
    expect(statusMeaning("processing", ["accepted", "claimed", "delayed", "placed"])).toContain("has the order");
  });

  it("says that a queued order waits for a supplier that is down, and may be cancelled, while it is down", () => {
    expect(statusMeaning("queued", ["accepted", "supplier_wait"])).toMatch(/not answering.*cancel/);
    expect(statusMeaning("queued", ["accepted", "supplier_wait", "supplier_answers"])).toContain("Waiting for its turn");
  });

  it("has words for every state", () => {
    for (const status of ORDER_STATES) expect(sentence({ status }), status).not.toBe("");
  });
});
