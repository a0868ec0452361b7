import fc from "fast-check";
import { expect, it } from "vitest";
import { SortedSet } from "./sorted-set";

const change = fc.record({
  member: fc.constantFrom("a", "b", "c", "aa", "ab", "é", ""),
  score: fc.constantFrom(-Infinity, -1, 0, 0.5, 1, 2, Infinity),
  removes: fc.boolean(),
});

it("stays in order and agrees with a plain map after any changes", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
      const set = new SortedSet();
      const model = new Map<string, number>();
      for (const { member, score, removes } of changes) {
        if (removes) expect(set.remove(member)).toBe(model.delete(member));
        else {
          expect(set.put(member, score)).toBe(!model.has(member));
          model.set(member, score);
        }
      }
      const expected = [...model].sort(([a, x], [b, y]) => (x === y ? (a < b ? -1 : 1) : x - y)).map(([member]) => member);
      expect(set.items.map(({ member }) => member)).toEqual(expected);
      for (const [rank, member] of expected.entries()) expect(set.rankOf(member)).toBe(rank);
      expect(set.size).toBe(model.size);
    }),
  );
});
