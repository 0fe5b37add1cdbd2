/** Of hand-made facts, which places their own function puts something into. */
import { describe, expect, test } from "vitest";
import type { DeclaredFunction } from "../../src/link/declarations.ts";
import { changedPlaces } from "../../src/link/flow-graph/changed-places.ts";
import { type FlowFacts, nothing } from "../../src/model/flow-facts.ts";

const type = 90;
const field = 91;
const line = 92;

function changed(flows: FlowFacts, yields: DeclaredFunction["ranges"][number]["yields"][] = []) {
  const ranges = yields.map((one) => ({ yields: one }));
  // No more of a function is looked at.
  const fn = { facts: { flows }, ranges } as unknown as DeclaredFunction;
  return [...changedPlaces([fn])].filter((place) => place >= 0).sort((a, b) => a - b);
}

describe("places that a function puts something into", () => {
  test.each<readonly [string, FlowFacts, readonly number[]]>([
    ["by an assignment", { assign: [0, 1, 2, 3] }, [0, 2]],
    ["by reading a field or what is behind a pointer", { load: [0, 1, field] }, [0]],
    ["by an assertion", { assert: [0, 1, type] }, [0]],
    ["behind a pointer", { store: [0, 1, field] }, [1]],
    ["by a conversion, and what is converted", { convert: [0, 1, type] }, [0, 1]],
    ["by a function as a value, and its receiver", { functions: [0, field, 2] }, [0, 2]],
    ["by a range over a function", { yields: [[type, 1, 2, 3]] }, [1, 2, 3]],
    ["as results", { results: [4, 5] }, [4, 5]],
    ["by a call, and what is passed", { calls: [[0, line, line, nothing, [1, 2], [3]]] }, [1, 2, 3]],
    ["the function that is called", { calls: [[0, line, line, 7, []]] }, [7]],
    ["but not the value in an interface", { calls: [[0, line, line, 7, [], [], { type }]] }, []],
    ["in some builds", { variants: [{ builds: "linux", assign: [0, 1] }] }, [0]],
    ["nowhere", {}, []],
  ])("%s", (_, flows, expected) => {
    expect(changed(flows)).toEqual(expected);
  });

  test("by what is ranged over that is a function", () => {
    expect(changed({}, [[type, 1, 2]])).toEqual([1, 2]);
  });
});
