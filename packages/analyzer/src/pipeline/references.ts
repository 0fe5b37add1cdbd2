/** What each name means, in the notation of the Go type checker: an aid for debugging and research. */
import type { BuildSet } from "../constraints/index.ts";
import { compareText } from "../model/position.ts";
import { childByField, end, F, type FlatTree, type Node, placeOf, start } from "../syntax/index.ts";
import {
  type Checker,
  fullName,
  type ObservedCall,
  type Observer,
  type Part,
  type Type,
  typeString,
  underlying,
} from "../types/index.ts";
import type { CheckedInput } from "./check-packages.ts";
import { loadModule } from "./load-module.ts";
import type { AnalyzerOptions, ModuleSource } from "./module-source.ts";

/**
 * A line for each use of a function or method in the packages of a module, sorted, without
 * tests and files set apart: `file:line:col`, a tab, what it is, a tab, what it means. `call` and `ref` stand
 * at the identifier, with the name as go/types writes it; `dyn` (a call of a function
 * value, with its type) and `conv` (a conversion from unsafe.Pointer, with the type) at the
 * opening parenthesis. What is not known has no line. A line that does not hold in all builds
 * that are asked about ends in a tab and those in which it does, as a `//go:build` expression.
 */
export async function references(source: ModuleSource, options: AnalyzerOptions): Promise<string[]> {
  const { builds } = options;
  const own = await loadModule(source, options);
  const lines: Lines = new Map();
  const hear = ({ builds: set, value }: Part<ReferenceObserver>) => {
    for (const line of value.lines()) lines.set(line, builds.or(lines.get(line) ?? builds.none, set));
  };
  for (const checked of own) if (!checked.input.apart) packageReferences(checked, hear);
  return [...lines]
    .sort(([a], [b]) => compareText(a, b))
    .map(([line, set]) => {
      const expression = builds.expression(builds.narrow(set));
      return expression === "" ? line : `${line}\t${expression}`;
    });
}

/** Each with the builds in which it holds. */
type Lines = Map<string, BuildSet>;

function packageReferences(
  { checker, scope, source }: CheckedInput,
  hear: (part: Part<ReferenceObserver>) => void,
): void {
  const observer = (file: number) => {
    const { tree } = source.files[file] ?? {};
    // Declarations name only files of their package.
    return () => referenceObserver(checker, tree as FlatTree);
  };
  for (const fn of source.functions) source.checkFunction(fn, observer(fn.declaration.file)).forEach(hear);
  for (const variable of scope.variables)
    if (variable.first) source.checkDeclaration(variable, observer(variable.file)).forEach(hear);
}

interface ReferenceObserver extends Observer {
  /** Once all was heard. */
  readonly lines: () => readonly string[];
}

function referenceObserver(checker: Checker, tree: FlatTree): ReferenceObserver {
  const lines: string[] = [];
  const uses: { readonly at: Node; readonly name: string }[] = [];
  const called = new Set<Node>();
  const say = (offset: number, kind: string, what: string) => {
    const { line, column } = placeOf(tree.source, offset);
    lines.push([`${tree.source.file}:${line}:${column}`, kind, what].join("\t"));
  };
  const type = (of: Type) => typeString(underlying(checker.types, of));
  return {
    use: (at, callable) => {
      const name = fullName(checker.types, callable);
      // Those of unsafe are built in.
      if (name !== undefined && !name.startsWith("unsafe.")) uses.push({ at, name });
    },
    call: (call) => {
      const { callee, identifier } = call;
      if (callee.kind === "known") called.add(identifier);
      if (callee.kind === "dynamic")
        say(openingParenthesis(tree, calleeNode(tree, call)), "dyn", type(callee.type));
    },
    unsafeConversion: (at, to) => say(openingParenthesis(tree, at), "conv", typeString(to)),
    literal: (_node, enter) => enter(),
    tooDeep: () => {},
    lines: () => {
      for (const { at, name } of uses) say(start(tree, at), called.has(at) ? "call" : "ref", name);
      return lines;
    },
  };
}

function calleeNode(tree: FlatTree, { node }: ObservedCall): Node {
  const callee = childByField(tree, node, F.function);
  return callee >= 0 ? callee : childByField(tree, node, F.type);
}

/** The first one behind a node. */
function openingParenthesis(tree: FlatTree, node: Node): number {
  return tree.source.text.indexOf("(", end(tree, node));
}
