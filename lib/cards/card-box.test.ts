import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openCard, sealCard } from "./card-box";

const KEY = Buffer.alloc(32, 7);
const PLACE = { partnerId: "p1", orderId: "o1", cardId: "c1" };
const CARD = { code: "AAAA-BBBB-CCCC", pin: "111", serialNumber: null };

describe("a card box", () => {
  it("gives back the card unchanged, in its own place", () => {
    const text = fc.string({ unit: "grapheme" });
    const maybe = fc.option(text);
    fc.assert(
      fc.property(fc.record({ code: text, pin: maybe, serialNumber: maybe }), (card) => {
        expect(openCard(KEY, sealCard(KEY, card, PLACE), PLACE)).toEqual(card);
      }),
    );
  });

  it.each([{ partnerId: "p2" }, { orderId: "o2" }, { cardId: "c2" }])("does not open when moved to %o", (elsewhere) => {
    expect(() => openCard(KEY, sealCard(KEY, CARD, PLACE), { ...PLACE, ...elsewhere })).toThrow();
  });

  it("does not open with another key, or altered", () => {
    const box = sealCard(KEY, CARD, PLACE);
    expect(() => openCard(Buffer.alloc(32, 8), box, PLACE)).toThrow();
    box.writeUInt8(box.readUInt8(box.length - 1) ^ 1, box.length - 1);
    expect(() => openCard(KEY, box, PLACE)).toThrow();
  });

  it("shows nothing of the code", () => {
    expect(sealCard(KEY, CARD, PLACE).toString("latin1")).not.toContain("BBBB");
  });
});
