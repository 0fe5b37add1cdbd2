/** What the stage `types` finds, as lines; names and types are spelt as go/types spells them. */
import type { BuildSet, BuildSets, ModuleSource } from "@capdiff/analyzer";
import { specNames } from "../../packages/analyzer/src/declare/lists.ts";
import type { Declaration } from "../../packages/analyzer/src/declare/package-scope.ts";
import {
  childByField,
  F,
  type FlatTree,
  type Node,
  placeOf,
  start,
  text,
} from "../../packages/analyzer/src/syntax/index.ts";
import type { Constant } from "../../packages/analyzer/src/types/constant.ts";
import { exactConstant } from "../../packages/analyzer/src/types/exact-constant.ts";
import {
  type Callable,
  type Checker,
  fullName,
  type ObservedCall,
  type Observer,
  typeString,
} from "../../packages/analyzer/src/types/index.ts";
import type { Operand } from "../../packages/analyzer/src/types/operand.ts";
import { Is, type Type } from "../../packages/analyzer/src/types/type.ts";
import { underlying } from "../../packages/analyzer/src/types/type-set.ts";
import { inParts } from "../../packages/analyzer/src/types/varying.ts";
import { type CheckedPackage, checkedModule } from "./checked-module.ts";
import { line, placeWords } from "./words.ts";

/** A line before its builds are known: what it says, and details such as its place. */
interface Said {
  readonly head: string;
  readonly details: readonly string[];
}

interface Options {
  readonly builds: BuildSets;
  readonly tests: boolean;
}

/** Every line about types that WANT could hold, in the order of the sources. */
export async function typeLines(source: ModuleSource, options: Options): Promise<string[]> {
  const found = await typeFindings(source, options);
  return found.map(({ text, builds }) => line([text], [options.builds.words(builds)]));
}

/** The same, each line with the builds in which it holds. */
export async function typeFindings(
  source: ModuleSource,
  options: Options,
): Promise<{ readonly text: string; readonly builds: BuildSet }[]> {
  const { checker, packages } = await checkedModule(source, options);
  const sets = new Map<string, BuildSet>();
  for (const checked of packages.filter(({ standard }) => !standard)) {
    for (const { said, builds } of packageLines(checker, checked)) {
      const text = line([said.head], said.details);
      sets.set(text, options.builds.or(sets.get(text) ?? options.builds.none, builds));
    }
  }
  return [...sets].map(([text, builds]) => ({ text, builds }));
}

interface SaidInBuilds {
  readonly said: Said;
  readonly builds: BuildSet;
}

function packageLines(checker: Checker, { pkg, scope, builds }: CheckedPackage): SaidInBuilds[] {
  const { session } = checker;
  const names = [...scope.names].flatMap(([, declarations]) => declarations);
  const declared = names.flatMap((declaration) =>
    inParts(session, builds[declaration.file] ?? session.builds.none, () =>
      declarationLines({ checker, pkg, scope }, declaration),
    ),
  );
  const initialised = names.flatMap((declaration) => {
    const tree = treeOf(scope, declaration);
    return declaration.kind === "function"
      ? []
      : pkg.checkDeclaration(declaration, () => recorder(checker, tree));
  });
  const bodies = pkg.functions.flatMap((fn) =>
    pkg.checkFunction(fn, () => recorder(checker, treeOf(scope, fn.declaration))),
  );
  return [
    ...declared.flatMap((part) => part.value.map((said) => ({ said, builds: part.builds }))),
    ...[...initialised, ...bodies].flatMap((part) =>
      part.value.said().map((said) => ({ said, builds: part.builds })),
    ),
  ];
}

type Declared = Pick<CheckedPackage, "pkg" | "scope"> & { readonly checker: Checker };

function treeOf({ files }: CheckedPackage["scope"], { file }: Pick<Declaration, "file">): FlatTree {
  // Declarations name only files of their package.
  return files[file]?.tree as FlatTree;
}

/** What a package-level name is, at the place of its declaration. */
function declarationLines({ checker, pkg, scope }: Declared, declaration: Declaration): Said[] {
  const tree = treeOf(scope, declaration);
  const node = nameNode(tree, declaration);
  const { builds, current } = checker.session;
  return pkg
    .lookUp(declaration.name)
    .filter((variant) => builds.meets(current, variant.builds))
    .flatMap(({ object }) => {
      if (object.kind === "type" || object.kind === "alias" || object.kind !== declaration.kind) return [];
      const constant = object.kind === "constant" ? object.value() : undefined;
      return valueLines(checker, { tree, node }, { type: object.type(), constant });
    });
}

function nameNode(tree: FlatTree, declaration: Declaration): Node {
  switch (declaration.kind) {
    case "constant":
      return declaration.spec.names[declaration.index] ?? -1;
    case "variable":
      return specNames(tree, declaration.node)[declaration.index] ?? -1;
    default:
      return childByField(tree, declaration.node, F.name);
  }
}

interface At {
  readonly tree: FlatTree;
  readonly node: Node;
}

function said({ tree, node }: At, head: string, ...details: readonly string[]): Said {
  const file = tree.source.file;
  return { head, details: [...details, placeWords({ file, ...placeOf(tree.source, start(tree, node)) })] };
}

/** The text of a node on one line. */
function words({ tree, node }: At): string {
  return text(tree, node).replaceAll(/\s+/g, " ");
}

interface TypedConstant {
  readonly type: Type;
  readonly constant: Constant | undefined;
}

function valueLines({ types }: Checker, at: At, { type, constant }: TypedConstant): Said[] {
  if (type.kind === "unknown") return [said(at, `unknown ${words(at)}: ${type.reason}`)];
  return [
    said(at, `type ${words(at)}: ${typeString(type)}`),
    ...(constant === undefined
      ? []
      : [said(at, `const ${words(at)} = ${exactConstant(constant, isComplex(underlying(types, type)))}`)]),
  ];
}

interface Recorder extends Observer {
  readonly said: () => Said[];
}

function isComplex(type: Type): boolean {
  return type.kind === "basic" && (type.is & Is.complex) !== 0;
}

/** Writes down what is heard of a body. */
function recorder(checker: Checker, tree: FlatTree): Recorder {
  const list: Said[] = [];
  const uses = new Map<Node, { readonly callable: Callable; readonly how: "call" | "reference" }>();
  return {
    said: () => [...list, ...[...uses].flatMap(([node, use]) => useLines(checker, { tree, node }, use))],
    use: (node, callable) => uses.set(node, { callable, how: "reference" }),
    call: ({ callee, identifier, node }: ObservedCall) => {
      const named = uses.get(identifier);
      if (named !== undefined) uses.set(identifier, { ...named, how: "call" });
      if (callee.kind !== "dynamic") return;
      const fn = { tree, node: calledNode(tree, node) };
      list.push(said(fn, `callee ${words(fn)}: ${typeString(callee.type)}`));
    },
    unsafeConversion: (node, type) =>
      list.push(said({ tree, node }, `unsafe ${words({ tree, node })}: ${typeString(type)}`)),
    literal: (_, enter) => enter(),
    tooDeep: (node) => list.push(said({ tree, node }, "unknown ...: too-deep")),
    evaluated: (node: Node, operand: Operand) => {
      const at = { tree, node };
      if (operand.mode === "unknown") list.push(said(at, `unknown ${words(at)}: ${operand.reason}`));
      else if (operand.mode === "value") list.push(...valueLines(checker, at, operand));
    },
  };
}

/** The callee of a call, also of one that the parser takes for a conversion. */
function calledNode(tree: FlatTree, call: Node): Node {
  const fn = childByField(tree, call, F.function);
  return fn < 0 ? childByField(tree, call, F.type) : fn;
}

function useLines(
  checker: Checker,
  at: At,
  { callable, how }: { readonly callable: Callable; readonly how: "call" | "reference" },
): Said[] {
  const name = callableName(checker, callable);
  return name === undefined ? [] : [said(at, `ref ${words(at)} -> ${name}`, how)];
}

function callableName({ types }: Checker, callable: Callable): string | undefined {
  switch (callable.kind) {
    case "missing":
      return `${callable.package}.${callable.name}`;
    case "cgo":
      return `C.${callable.name}`;
    default:
      return fullName(types, callable);
  }
}
