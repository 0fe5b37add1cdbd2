/** Functions taken apart at ranges over functions: the body of each is a function of its own. */
import { createBuilds } from "@capdiff/analyzer";
import { expect, test } from "vitest";
import { analyse } from "../../../../test-corpus/runner/analysis.ts";
import { moduleSource } from "../../../../test-corpus/runner/module-files.ts";
import { parseArchive } from "../../../../test-corpus/runner/txtar.ts";
import { type PartedFunction, partedFunctions, rangesIn } from "../../src/link/ranges-over-functions.ts";
import type { PackageFacts, UseFacts } from "../../src/model/facts.ts";
import type { FlowLists } from "../../src/model/flow-facts.ts";

const files = `
-- a.go --
package m

type seq func(yield func(int) bool)

type named func(int) bool

func all(yield func(int) bool) {}

func own(yield named) {}

func before() {}
func outer()  {}
func inner()  {}
func after()  {}
func pass(n int) {}

func Run() {
	before()
	for n := range all {
		outer()
		for range seq(all) {
			pass(n)
			inner()
		}
		outer()
	}
	for range own {
		inner()
	}
	after()
}

func Plain() { before() }

func Handle(h handler) {
	for range all {
		h.serve()
	}
	h.serve()
}

func Iterate(h handler) {
	for range h.each {
		inner()
	}
}
-- handler_linux.go --
package m

type handler struct{ next interface{ serve() } }

func (handler) serve() {}
func (handler) each(yield func() bool) {}
-- handler_other.go --
//go:build !linux

package m

type handler interface{ serve(); each(yield func(int) bool) }
`;
/** What functions mention, call and range over, with the lines; a call has the line of its parenthesis too. */
function written(functions: readonly PartedFunction[]): string {
  return functions.map((one) => linesOf(one).join("\n")).join("\n");
}

function linesOf({ facts, ranges }: PartedFunction): string[] {
  const { id, kind, uses, flows = {}, signature } = facts;
  const name = (use: UseFacts | undefined) => {
    const called = use?.target.kind === "function" ? short(use.target.id) : use?.target.kind;
    return `${called}:${use?.line}`;
  };
  const told = (lists: FlowLists) => [
    ...(lists.calls ?? []).map(([use, line]) => `calls ${name(uses[use])} at ${line}`),
    ...(lists.yields ?? []).map(() => "yields to itself"),
  ];
  return [
    `${short(id)} ${kind}${signature === undefined ? " without a type" : ""}`,
    ...uses.filter(({ use }) => use === "reference").map((use) => `  mentions ${name(use)}`),
    ...told(flows).map((line) => `  ${line}`),
    ...(flows.variants ?? []).flatMap((one) => told(one).map((line) => `  in ${one.builds} ${line}`)),
    ...ranges.map(({ body = "no function", call, builds = "all" }) => {
      return `  ranges with ${short(body)}:${call.line} in ${builds}`;
    }),
  ];
}

function short(id: string): string {
  return id.replace("example.test/m.", "");
}

async function analysed(): Promise<PackageFacts> {
  const source = moduleSource(parseArchive(files).files);
  const { program } = await analyse(source, { builds: createBuilds(), tests: false });
  return program.packages[0] as PackageFacts;
}

const isShown = ({ facts }: PartedFunction) => /^(?:Run|Plain|Handle|Iterate)/.test(short(facts.id));

test("what stands in a body goes to its function, which the one around it mentions and calls the iterator with", async () => {
  expect(written(partedFunctions(await analysed()).filter(isShown))).toBe(`Run function
  mentions all:19
  mentions own:27
  mentions Run$1:19
  mentions Run$2:27
  calls before:18 at 18
  calls after:30 at 30
  ranges with Run$1:19 in all
  ranges with Run$2:27 in all
Run$1 closure
  mentions all:21
  mentions Run$1$1:21
  calls outer:20 at 20
  calls outer:25 at 25
  ranges with Run$1$1:21 in all
Run$1$1 closure
  calls pass:22 at 22
  calls inner:23 at 23
Run$2 closure without a type
  calls inner:28 at 28
Plain function
  calls before:33 at 33
Handle function
  mentions all:36
  mentions Handle$1:36
  in !linux calls interface-method:39 at 39
  in linux calls (handler).serve:39 at 39
  ranges with Handle$1:36 in all
Handle$1 closure
  in !linux calls interface-method:37 at 37
  in linux calls (handler).serve:37 at 37
Iterate function
  mentions (handler).each:43
  mentions interface-method:43
  mentions Iterate$1:43
  ranges with Iterate$1:43 in !linux
  ranges with Iterate$1:43 in linux
Iterate$1 closure
  calls inner:44 at 44`);
});

test("otherwise a function keeps what stands in its loops", async () => {
  const { functions } = await analysed();
  const all = functions.map((facts) => ({ facts, ranges: rangesIn(facts) }));
  expect(written(all.filter(isShown))).toBe(`Run function
  mentions all:19
  mentions all:21
  mentions own:27
  calls before:18 at 18
  calls outer:20 at 20
  calls pass:22 at 22
  calls inner:23 at 23
  calls outer:25 at 25
  calls inner:28 at 28
  calls after:30 at 30
  yields to itself
  yields to itself
  yields to itself
  ranges with no function:19 in all
  ranges with no function:21 in all
  ranges with no function:27 in all
Plain function
  calls before:33 at 33
Handle function
  mentions all:36
  yields to itself
  in !linux calls interface-method:37 at 37
  in !linux calls interface-method:39 at 39
  in linux calls (handler).serve:37 at 37
  in linux calls (handler).serve:39 at 39
  ranges with no function:36 in all
Iterate function
  mentions (handler).each:43
  mentions interface-method:43
  calls inner:44 at 44
  in !linux yields to itself
  in linux yields to itself
  ranges with no function:43 in !linux
  ranges with no function:43 in linux`);
});

test("calls of iterators are counted on behind the uses", async () => {
  const pkg = await analysed();
  const whole = pkg.functions.map((facts) => ({ facts, ranges: rangesIn(facts) }));
  for (const { facts, ranges } of [...whole, ...partedFunctions(pkg)])
    expect(ranges.map(({ use }) => use)).toEqual(ranges.map((_, place) => facts.uses.length + place));
});
