import fc from "fast-check";
import { expect, test } from "vitest";
import { productRooms } from "@/lib/dispatch/plan-pace";
import { futureRoom } from "@/lib/estimates/product-room";

const LIMITS = { productLimit: 6, productWindowMs: 60_000 };
const PRODUCT = 1;
const LOOK_EVERY_MS = 250;
const MAX_LOOKS = 400;

/** When planning, which looks at the product again and again, would let it go. */
function plannedMs(usedAgoMs: readonly number[], heavy: boolean): number {
  for (let look = 0; look < MAX_LOOKS; look++) {
    const inMs = look * LOOK_EVERY_MS;
    const use = new Map([[PRODUCT, usedAgoMs.map((agoMs) => agoMs + inMs)]]);
    const room = productRooms(use, { ...LIMITS, maxCards: 500, maxLines: 60 })(PRODUCT);
    if ((heavy ? room.heavyMs : room.lightMs) === 0) return inMs;
  }
  throw new Error(`A product that was used ${usedAgoMs.join(", ")} ms ago never gets room`);
}

test("an estimate foresees when planning lets a product go, to one look", () => {
  const anyUse = fc
    .array(fc.integer({ min: 0, max: 70_000 }), { maxLength: LIMITS.productLimit })
    .map((ages) => ages.sort((a, b) => a - b));
  fc.assert(
    fc.property(anyUse, fc.boolean(), (usedAgoMs, heavy) => {
      const lateMs = plannedMs(usedAgoMs, heavy) - futureRoom(usedAgoMs, heavy, LIMITS).waitMs;
      expect(lateMs).toBeGreaterThanOrEqual(-1);
      expect(lateMs).toBeLessThanOrEqual(LOOK_EVERY_MS);
    }),
  );
});
