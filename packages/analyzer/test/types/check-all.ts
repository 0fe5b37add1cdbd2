/** Checks every body and declaration of a module and counts what it took. */
import { createBuilds, type ModuleSource } from "@capdiff/analyzer";
import { checkedModule } from "../../../../test-corpus/runner/checked-module.ts";
import { sourceOf } from "../../../../test-corpus/runner/module-files.ts";
import type { Observer } from "../../src/types/index.ts";

export interface Effort {
  /** Expressions that were evaluated, one for each part of the builds that it was evaluated for. */
  readonly evaluated: number;
  readonly tooDeep: number;
  /** Parts of the builds that were looked at apart, a function's for each of its statements. */
  readonly parts: number;
  /** Nodes of the trees, each as often as its body was checked. */
  readonly bound: number;
}

/** Checks a module whole; throws only if the checker does. */
export async function checkAll(source: ModuleSource): Promise<Effort> {
  const { packages } = await checkedModule(source, { builds: createBuilds(), tests: true });
  let [evaluated, tooDeep, bound, parts] = [0, 0, 0, 0];
  const looked = (count: number, nodes: number) => {
    parts += count;
    bound += count * nodes;
  };
  const observer = (): Observer => ({
    use: () => {},
    call: () => {},
    unsafeConversion: () => {},
    literal: (_, enter) => enter(),
    tooDeep: () => void tooDeep++,
    evaluated: () => void evaluated++,
  });
  for (const { pkg, scope } of packages) {
    const nodes = (file: number) => scope.files[file]?.tree.count ?? 0;
    for (const fn of pkg.functions)
      looked(pkg.checkFunction(fn, observer).length, nodes(fn.declaration.file));
    for (const declaration of [...scope.names.values()].flat())
      if (declaration.kind !== "function")
        looked(pkg.checkDeclaration(declaration, observer).length, nodes(declaration.file));
  }
  return { evaluated, tooDeep, bound, parts };
}

/** A module of one file. */
export function moduleOf(text: string): ModuleSource {
  return sourceOf({
    modulePath: "example.test/m",
    goMod: [],
    files: [{ name: "a.go", content: new TextEncoder().encode(text) }],
  });
}
