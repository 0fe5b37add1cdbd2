/** What each name means, in the notation of the Go type checker: an aid for debugging and research. */
import { compareText } from "../model/position.ts";
import { childByField, end, F, type FlatTree, type Node, placeOf, start } from "../syntax/index.ts";
import {
  type Checker,
  type ObservedCall,
  type Observer,
  type Type,
  typeString,
  underlying,
} from "../types/index.ts";
import { callableName } from "./callable-name.ts";
import type { CheckedInput } from "./check-packages.ts";
import { loadModule } from "./load-module.ts";
import type { AnalyzerOptions, ModuleSource } from "./module-source.ts";

/**
 * A line for each use of a function or method in the packages of a module, sorted, without
 * tests and files set apart: `file:line:col`, a tab, what it is, a tab, what it means. `call` and `ref` stand
 * at the identifier, with the name as go/types writes it; `dyn` (a call of a function
 * value, with its type) and `conv` (a conversion from unsafe.Pointer, with the type) at the
 * opening parenthesis. What is not known has no line.
 */
export async function references(source: ModuleSource, options: AnalyzerOptions): Promise<string[]> {
  const { own } = await loadModule(source, options);
  const lines = new Set<string>();
  for (const checked of own) if (!checked.input.apart) packageReferences(checked, lines);
  return [...lines].sort(compareText);
}

function packageReferences({ checker, scope, source }: CheckedInput, lines: Set<string>): void {
  const observer = (file: number) => {
    const { tree } = source.files[file] ?? {};
    // Declarations name only files of their package.
    return () => referenceObserver(checker, tree as FlatTree);
  };
  const finish = (parts: readonly { readonly value: ReferenceObserver }[]) => {
    for (const line of parts.flatMap(({ value }) => value.lines())) lines.add(line);
  };
  for (const fn of source.functions) finish(source.checkFunction(fn, observer(fn.declaration.file)));
  for (const variable of scope.variables)
    if (variable.first) finish(source.checkDeclaration(variable, observer(variable.file)));
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
      const name = callableName(checker, callable);
      if (name !== undefined) uses.push({ at, name });
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
