/** Function bodies: declared functions, closures, and initialisers of package variables. */
import type { FunctionDeclaration, VariableDeclaration } from "../declare/package-scope.ts";
import type { FunctionFacts, FunctionKind } from "../model/facts.ts";
import type { EntryPointKind } from "../model/report.ts";
import { childByField, children, F, K, kind, type Node, placeOf, start, text } from "../syntax/index.ts";
import { walkExpression } from "./expressions.ts";
import { fingerprint } from "./fingerprint.ts";
import {
  type Context,
  type Literal,
  type OpenFunction,
  type Recorder,
  record,
  type Walkers,
} from "./recorder.ts";
import { declareLocal, innerScope, type Scope } from "./scope.ts";
import { methodId } from "./selectors.ts";
import { walkNested, walkStatement } from "./statements.ts";
import type { Unit } from "./unit.ts";
import { isUnsafePointerType } from "./unsafe.ts";

/** Compiles a declared function or method. `initNumber` counts init functions of the package from 1. */
export function compileFunction(
  recorder: Recorder,
  declaration: FunctionDeclaration,
  initNumber: number,
): void {
  const { unit } = recorder;
  const isInit = declaration.name === "init" && declaration.receiver === undefined;
  const id = functionId(unit.packagePath, declaration, isInit ? initNumber : 0);
  compileBody(recorder, {
    id,
    kind: isInit ? "init" : declaration.receiver === undefined ? "function" : "method",
    node: declaration.node,
    name: childByField(unit.tree, declaration.node, F.name),
    outer: unit.fileScope,
  });
}

function functionId(
  packagePath: string,
  { name, receiver }: FunctionDeclaration,
  initNumber: number,
): string {
  if (receiver !== undefined) return methodId(packagePath, receiver, name);
  return `${packagePath}.${name}${initNumber > 0 ? `#${initNumber}` : ""}`;
}

interface Body {
  readonly id: string;
  readonly kind: FunctionKind;
  /** The declaration or literal: its receiver, type parameters, parameters, result and body are its children. */
  readonly node: Node;
  /** Where it is reported. */
  readonly name: Node;
  readonly outer: Scope;
  readonly depth?: number;
}

const walkers: Walkers = { statement: walkNested, closure: enterClosure };

const signatureFields = [F.type_parameters, F.parameters, F.result];

function compileBody(recorder: Recorder, body: Body): void {
  const { tree } = recorder.unit;
  const scope = innerScope(body.outer);
  const list = children(tree, body.node);
  for (const child of list) {
    if ([F.receiver, ...signatureFields].includes(tree.fields[child] ?? 0))
      declareParameters(recorder.unit, scope, child);
  }
  const block = childByField(tree, body.node, F.body);
  const owner: OpenFunction = { id: body.id, uses: [], closures: 0 };
  // Reserved now, so that a function stands before its closures.
  const slot = recorder.functions.push(placeholder) - 1;
  if (block >= 0) walkStatement({ recorder, owner, walkers, depth: body.depth ?? 0 }, scope, block);
  const print = fingerprint(
    tree,
    list.filter((child) => [F.body, ...signatureFields].includes(tree.fields[child] ?? 0)),
  );
  recorder.functions[slot] = {
    ...facts(recorder.unit, { id: body.id, kind: body.kind, at: body.name, owner }),
    bodiless: block < 0,
    fingerprint: print.hash,
    size: print.tokens,
  };
}

const placeholder: FunctionFacts = {
  id: "",
  kind: "function",
  file: 0,
  line: 0,
  column: 0,
  bodiless: false,
  fingerprint: "",
  size: 0,
  uses: [],
};

interface Head {
  readonly id: string;
  readonly kind: FunctionKind;
  readonly at: Node;
  readonly owner: OpenFunction;
}

function facts(unit: Unit, { id, kind: of, at, owner }: Head) {
  const place = placeOf(unit.tree.source, start(unit.tree, at));
  const entry = entryPoint(unit, { kind: of, name: text(unit.tree, at) });
  const shared = { id, kind: of, file: unit.file, line: place.line, column: place.column, uses: owner.uses };
  return entry === undefined ? shared : { ...shared, entry };
}

const exportedName = /^\p{Lu}/u;
const testName = /^(?:Test|Benchmark|Fuzz|Example)(?:$|[^\p{Ll}])/u;

/** How control may get into a function; undefined if only through other functions. */
function entryPoint(
  unit: Unit,
  { kind: of, name }: { readonly kind: FunctionKind; readonly name: string },
): EntryPointKind | undefined {
  const file = unit.pkg.files[unit.file];
  switch (of) {
    case "init":
      return "init";
    case "initializer":
      return "initializer";
    case "closure":
      return undefined;
    case "method":
      return exportedName.test(name) ? "exported-method" : undefined;
    case "function":
      if (name === "main" && unit.packageName === "main") return "main";
      if (file?.test === true) return testName.test(name) ? "test" : undefined;
      if (unit.cgoExports.has(name)) return "cgo-export";
      return exportedName.test(name) ? "exported-function" : undefined;
    default:
      return of satisfies never;
  }
}

/** Compiles the initialiser of a package variable, or of several that one expression sets. */
export function compileInitializer(recorder: Recorder, variable: VariableDeclaration): void {
  const { unit } = recorder;
  const value = childByField(unit.tree, variable.node, F.value);
  if (value < 0) return;
  const owner: OpenFunction = { id: `${unit.packagePath}.init:${variable.name}`, uses: [], closures: 0 };
  const slot = recorder.functions.push(placeholder) - 1;
  walkExpression({ recorder, owner, walkers, depth: 0 }, innerScope(unit.fileScope), value);
  if (owner.uses.length === 0) {
    recorder.functions.splice(slot, 1);
    return;
  }
  const print = fingerprint(unit.tree, [value]);
  recorder.functions[slot] = {
    ...facts(unit, { id: owner.id, kind: "initializer", at: variable.node, owner }),
    bodiless: false,
    fingerprint: print.hash,
    size: print.tokens,
  };
}

/** Compiles a function literal as a function of its own, `F$1`, which its surroundings use. */
function enterClosure(context: Context, scope: Scope, { node, use }: Literal): void {
  const id = `${context.owner.id}$${++context.owner.closures}`;
  record(context, { target: { kind: "function", id }, use, at: node });
  compileBody(context.recorder, {
    id,
    kind: "closure",
    node,
    name: node,
    outer: scope,
    depth: context.depth + 1,
  });
}

/** Declares receivers, type parameters, parameters and results: every identifier in a `name` field, and receivers' type arguments. */
function declareParameters(unit: Unit, scope: Scope, list: Node): void {
  const { tree } = unit;
  for (const declaration of children(tree, list)) {
    const type = childByField(tree, declaration, F.type);
    const isType = kind(tree, declaration) === K.type_parameter_declaration;
    const unsafePointer = type >= 0 && isUnsafePointerType(unit, scope, type);
    for (const child of children(tree, declaration)) {
      if (tree.fields[child] !== F.name) continue;
      declareLocal(scope, text(tree, child), isType ? { kind: "type" } : { kind: "value", unsafePointer });
    }
    if (tree.fields[list] === F.receiver) declareTypeArguments(unit, scope, type);
  }
}

/** `func (l *List[T])` declares T. */
function declareTypeArguments(unit: Unit, scope: Scope, type: Node): void {
  const { tree } = unit;
  const pending = type < 0 ? [] : [type];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const inArguments = kind(tree, node) === K.type_arguments;
    for (const child of children(tree, node)) {
      if (!inArguments) pending.push(child);
      else if (kind(tree, child) === K.type_elem || kind(tree, child) === K.type_identifier) {
        declareLocal(scope, text(tree, child), { kind: "type" });
      }
    }
  }
}
