/** Generic functions that call themselves with ever larger type arguments: their copies come to an end. */
import { createBuilds } from "@capdiff/analyzer";
import { expect, test } from "vitest";
import { analyse } from "../../../../test-corpus/runner/analysis.ts";
import { dependenciesOf } from "../../../../test-corpus/runner/dependencies.ts";
import { moduleSource } from "../../../../test-corpus/runner/module-files.ts";
import { parseArchive } from "../../../../test-corpus/runner/txtar.ts";

const source = `
-- a.go --
package m

import "example.test/lib"

func Run() { lib.Grow[int](3) }
`;

const library = (larger: string) => `
-- deps/example.test/lib@v1.0.0/a.go --
package lib

type Box[T any] struct{ value T }

type Pair[A, B any] struct {
	a A
	b B
}

func Grow[T comparable](n int) {
	if n > 0 {
		Grow[${larger}](n - 1)
	}
}
`;

/** How many copies of it there are. */
async function copies(larger: string): Promise<number> {
  const dependencies = dependenciesOf(parseArchive(library(larger)).files);
  const module = moduleSource(parseArchive(source).files);
  const { program } = await analyse(module, { builds: createBuilds(), tests: false, dependencies });
  return program.functions.filter(({ facts }) => facts.id === "example.test/lib.Grow").length;
}

test.each<readonly [string, number]>([
  ["T", 1],
  ["string", 2],
  ["*T", 14],
  ["[]T", 14],
  ["map[T]int", 14],
  ["map[int]T", 14],
  ["Box[T]", 14],
  ["Pair[int, T]", 14],
  ["*Box[[]T]", 6],
  ["chan T", 14],
  ["<-chan T", 14],
  ["[2]T", 14],
  ["struct{ one T }", 14],
  ["interface{ One(T) }", 8],
])("Grow[T] calls Grow[%s]", async (larger, expected) => {
  expect(await copies(larger)).toBe(expected);
});
