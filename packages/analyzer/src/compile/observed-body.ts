/** What the bodies of functions use, as the type checker tells it. */
import type { BuildSet, BuildSets } from "../constraints/index.ts";
import type { Target } from "../model/facts.ts";
import type { Argument } from "../model/report.ts";
import { childByField, end, F, type FlatTree, type Node, start, text } from "../syntax/index.ts";
import {
  type Callable,
  type Checker,
  type ObservedCall,
  type Observer,
  type Part,
  typeString,
} from "../types/index.ts";
import { argumentFacts } from "./arguments.ts";
import { type BodyCode, leftOutCode, recordCode } from "./code/index.ts";
import type { TypeKnowledge } from "./flows/contents.ts";
import type { FieldBudget } from "./flows/field-budget.ts";
import { recordFlows } from "./flows/index.ts";
import { recordMeanings } from "./flows/meanings.ts";
import type { BodyFlows } from "./flows/recorder.ts";
import { listenForReflectStores } from "./reflect-stores.ts";
import { callableTarget } from "./targets.ts";

/** Something that a body uses at a node of its file. */
export interface ObservedUse {
  readonly at: Node;
  readonly target: Target;
  use: "call" | "reference";
  arguments: readonly Argument[];
}

/** A body in some builds, or in all of its own. */
export interface ObservedBody {
  /** By node; several where the node means several things. */
  readonly uses: Map<Node, ObservedUse[]>;
  /** Function literals that stand in it, by node, without those inside them. */
  readonly literals: Map<Node, ObservedBody>;
  /** The literals that are called where they stand. */
  readonly calledLiterals: Set<Node>;
  readonly calls: Set<Node>;
  readonly tooDeep: Set<Node>;
}

export interface ObservedPackage {
  readonly tree: FlatTree;
  /** The declaration. */
  readonly at: Node;
  /** Import path. */
  readonly path: string;
  readonly checker: Checker;
  /** What is known of types in the current builds. */
  readonly knowledge: () => TypeKnowledge;
  readonly budget: FieldBudget;
  /** Whether code is made of so many more characters; none if it is not wanted. */
  readonly codeLeft?: ((characters: number) => boolean) | undefined;
}

/** Listens to a body being checked once. */
export interface BodyObserver extends Observer {
  readonly body: ObservedBody;
  /** Once all was told. */
  readonly flows: () => ReadonlyMap<Node, BodyFlows>;
  /** Likewise. */
  readonly code: () => BodyCode | undefined;
}

export function observeBody(inPackage: ObservedPackage): BodyObserver {
  const { tree, path, checker, knowledge, budget, codeLeft } = inPackage;
  const { meanings, heard, release } = recordMeanings();
  let flows: ReadonlyMap<Node, BodyFlows> = new Map();
  let code: BodyCode | undefined;
  let open = newBody();
  const add = (at: Node, target: Target, body = open): ObservedUse => {
    const list = body.uses.get(at);
    const known = list?.find((one) => sameTarget(one.target, target));
    if (known !== undefined) return known;
    const use: ObservedUse = { at, target, use: "reference", arguments: [] };
    if (list === undefined) body.uses.set(at, [use]);
    else list.push(use);
    return use;
  };
  const reflectStores = listenForReflectStores({
    tree,
    checker,
    meanings,
    current: () => open,
    tell: (body, at, isFresh) => add(at, { kind: "reflect-store", ...(isFresh && { fresh: true }) }, body),
  });
  const addCallable = (at: Node, callable: Callable) => {
    // Variables of the package itself are no one else's.
    if (callable.kind === "variable" && callable.package === path) return;
    add(at, callableTarget(callable, path));
  };
  return {
    ...heard,
    body: open,
    flows: () => flows,
    code: () => code,
    finished: (statement) => {
      reflectStores.finished();
      if (codeLeft !== undefined)
        code = codeLeft(lengthOf(tree, statement ?? inPackage.at))
          ? recordCode({ checker, tree, meanings }, statement)
          : leftOutCode(meanings, statement);
      flows = recordFlows({ checker, tree, path, knowledge: knowledge(), budget, meanings }, statement);
      release();
    },
    use: (at, callable) => {
      heard.use(at, callable);
      addCallable(at, callable);
    },
    call: (found) => {
      heard.call(found);
      open.calls.add(found.node);
      reflectStores.call(found);
      const { callee, identifier } = found;
      if (callee.kind === "literal") {
        open.calledLiterals.add(identifier);
        return;
      }
      const at = identifier >= 0 ? identifier : calledNode(tree, found);
      if (callee.kind === "known") addCallable(at, callee.callable);
      else if (callee.kind === "dynamic") add(at, { kind: "dynamic", type: typeString(callee.type) });
      else add(at, { kind: "unresolved", name: nameAt(tree, identifier), reason: callee.reason });
      for (const use of open.uses.get(at) ?? []) {
        if (use.target.kind === "variable") continue;
        use.use = "call";
        if (takesArguments(use.target)) use.arguments = argumentFacts(tree, found);
      }
    },
    initialized: (spec, types) => {
      heard.initialized(spec, types);
      reflectStores.initialized(spec, types);
    },
    evaluated: (node, operand) => {
      heard.evaluated(node, operand);
      reflectStores.evaluated(node, operand);
    },
    local: (identifier, variable) => {
      heard.local(identifier, variable);
      reflectStores.local(identifier, variable);
    },
    filled: reflectStores.filled,
    typeCase: (node, types, variable) => {
      heard.typeCase(node, types, variable);
      reflectStores.typeCase(node, types, variable);
    },
    parameters: (fn, variables) => {
      heard.parameters(fn, variables);
      reflectStores.parameters(fn, variables);
    },
    stored: reflectStores.stored,
    unsafeConversion: (node) => add(node, { kind: "unsafe-conversion", type: writtenType(tree, node) }),
    literal: (node, enter) => {
      const outer = open;
      open = outer.literals.get(node) ?? newBody();
      outer.literals.set(node, open);
      try {
        enter();
      } finally {
        open = outer;
      }
    },
    tooDeep: (node) => open.tooDeep.add(node),
  };
}

function lengthOf(tree: FlatTree, node: Node): number {
  return node < 0 ? 0 : end(tree, node) - start(tree, node);
}

function newBody(): ObservedBody {
  return {
    uses: new Map(),
    literals: new Map(),
    calledLiterals: new Set(),
    calls: new Set(),
    tooDeep: new Set(),
  };
}

function sameTarget(a: Target, b: Target): boolean {
  return targetKey(a) === targetKey(b);
}

/** Differs when the targets do. */
export function targetKey(target: Target): string {
  return Object.values(target).join(" ");
}

/** Calls of what is defined elsewhere are reported with their arguments. */
function takesArguments({ kind: of }: Target): boolean {
  return of === "qualified" || of === "cgo" || of === "interface-method";
}

function calledNode(tree: FlatTree, { node }: ObservedCall): Node {
  const callee = childByField(tree, node, F.function);
  return callee >= 0 ? callee : node;
}

function nameAt(tree: FlatTree, identifier: Node): string {
  return identifier < 0 ? "" : text(tree, identifier);
}

const typeTextLimit = 120;

/** A type as written in a conversion, without parentheses around it. */
function writtenType(tree: FlatTree, node: Node): string {
  const written = text(tree, node).replace(/^\(+(.*?)\)+$/su, "$1");
  return written.length <= typeTextLimit ? written : `${written.slice(0, typeTextLimit - 1)}…`;
}

/** A use with the builds in which it is one. */
export interface MergedUse extends ObservedUse {
  builds: BuildSet;
}

/** A body with what it uses in any build. */
export interface MergedBody {
  readonly uses: readonly MergedUse[];
  /** In source order, each with its builds. */
  readonly literals: readonly MergedLiteral[];
  readonly calls: ReadonlySet<Node>;
  readonly tooDeep: ReadonlySet<Node>;
}

export interface MergedLiteral {
  readonly node: Node;
  readonly called: boolean;
  readonly builds: BuildSet;
  readonly body: MergedBody;
}

/** Puts the parts of a body together: what is used in several is used in the builds of all of them. */
export function mergeParts(builds: BuildSets, parts: readonly Part<ObservedBody>[]): MergedBody {
  const literals = new Map<Node, Part<ObservedBody>[]>();
  const called = new Set<Node>();
  const [calls, tooDeep] = [new Set<Node>(), new Set<Node>()];
  for (const { builds: set, value: body } of parts) {
    for (const [node, inner] of body.literals) {
      const list = literals.get(node) ?? [];
      list.push({ builds: set, value: inner });
      literals.set(node, list);
    }
    for (const node of body.calledLiterals) called.add(node);
    for (const node of body.calls) calls.add(node);
    for (const node of body.tooDeep) tooDeep.add(node);
  }
  return {
    uses: mergeUses(builds, parts).sort((a, b) => a.at - b.at),
    literals: [...literals]
      .sort(([a], [b]) => a - b)
      .map(([node, inner]) => ({
        node,
        called: called.has(node),
        builds: inner.reduce((sum, part) => builds.or(sum, part.builds), builds.none),
        body: mergeParts(builds, inner),
      })),
    calls,
    tooDeep,
  };
}

/** Those of one part differ; in several, equal ones are one. */
function mergeUses(builds: BuildSets, parts: readonly Part<ObservedBody>[]): MergedUse[] {
  const inBuilds = ({ builds: set, value }: Part<ObservedBody>): MergedUse[] =>
    [...value.uses.values()].flat().map((use) => ({ ...use, builds: set }));
  if (parts.length < 2) return parts.flatMap(inBuilds);
  const merged = new Map<string, MergedUse>();
  for (const use of parts.flatMap(inBuilds)) {
    const key = `${use.at} ${use.use} ${targetKey(use.target)} ${JSON.stringify(use.arguments)}`;
    const known = merged.get(key);
    if (known === undefined) merged.set(key, use);
    else known.builds = builds.or(known.builds, use.builds);
  }
  return [...merged.values()];
}

/** A body, and those of the literals in it. */
export function withLiterals(body: MergedBody): MergedBody[] {
  return [body, ...body.literals.flatMap((literal) => withLiterals(literal.body))];
}
