/** Looking one method up agrees with the whole type set, and costs no more the more methods there are. */
import { createBuilds } from "@capdiff/analyzer";
import { expect, test } from "vitest";
import { checkedModule } from "../../../../test-corpus/runner/checked-module.ts";
import { interfaceMethod, writtenMethods } from "../../src/types/member-index.ts";
import { typeSet, underlying } from "../../src/types/type-set.ts";
import { corpusModules } from "../properties/corpus-modules.ts";
import { moduleOf } from "./check-all.ts";

const options = { builds: createBuilds({ narrowing: { goos: "linux", goarch: "amd64" } }), tests: false };

test("a method of an interface is that of its type set, in the whole corpus", async () => {
  let compared = 0;
  for (const { name: of, source } of corpusModules) {
    const { checker, packages } = await checkedModule(source, options);
    for (const { object } of packages.flatMap(({ pkg }) => pkg.names.flatMap(pkg.lookUp))) {
      if (object.kind !== "type") continue;
      const under = underlying(checker.types, object.type());
      if (under.kind !== "interface") continue;
      for (const [key, method] of typeSet(checker.types, under).methods) {
        expect(interfaceMethod(checker.types, under, key), `${of}: ${key}`).toEqual(method);
        compared++;
      }
      expect(interfaceMethod(checker.types, under, "none of these")).toBeUndefined();
    }
  }
  expect(compared).toBeGreaterThan(20);
});

test("methods are indexed once for each type, an instance's too", async () => {
  const text = "package m\n\ntype I[T any] interface { M(T); N() }\n\nvar a, b I[int]\n";
  const { checker, packages } = await checkedModule(moduleOf(text), options);
  const [a, b] = ["a", "b"].map((name) => {
    const object = packages[0]?.pkg.lookUp(name)[0]?.object;
    return underlying(checker.types, object?.kind === "variable" ? object.type() : checker.universe.any);
  });
  expect(a).toBe(b);
  if (a?.kind !== "interface" || b?.kind !== "interface") throw new Error("an interface was declared");
  expect(writtenMethods(a)).toBe(writtenMethods(b));
});
