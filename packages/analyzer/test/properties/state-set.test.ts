import fc from "fast-check";
import { expect, test } from "vitest";
import { createStateSet } from "../../src/trace/state-set.ts";

const state = fc.oneof(fc.nat(40), fc.nat(5000), fc.nat(3_000_000), fc.constant(-1));

test("a state set is a set that knows the order", () => {
  fc.assert(
    fc.property(fc.array(state), fc.array(state), (added, asked) => {
      const set = createStateSet();
      for (const one of added) set.add(one);
      const expected = [...new Set(added.filter((one) => one >= 0))];
      expect(Array.from({ length: set.size }, (_, number) => set.at(number))).toEqual(expected);
      for (const one of [...added, ...asked]) {
        expect(set.numberOf(one)).toBe(expected.indexOf(one));
        expect(set.has(one)).toBe(expected.includes(one));
      }
    }),
  );
});
