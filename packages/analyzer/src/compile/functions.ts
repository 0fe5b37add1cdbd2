/** Functions as facts: declared ones, closures, and initialisers of package variables. */
import type { BuildSet, BuildSets } from "../constraints/index.ts";
import type { FunctionDeclaration, VariableDeclaration } from "../declare/package-scope.ts";
import type { FunctionFacts, FunctionKind, UseFacts } from "../model/facts.ts";
import { functionId, isExportedName, methodName } from "../model/function-id.ts";
import type { EntryPointKind } from "../model/report.ts";
import {
  childByField,
  children,
  F,
  type FlatTree,
  type Node,
  placeOf,
  start,
  text,
} from "../syntax/index.ts";
import type { BodyCode } from "./code/index.ts";
import { fingerprint } from "./fingerprint.ts";
import type { MergedFlows } from "./flows/merge.ts";
import type { Parameters, Tables } from "./flows/tables.ts";
import { createWriter } from "./flows/write.ts";
import type { MergedBody, MergedLiteral, MergedUse } from "./observed-body.ts";
import { parameterNames } from "./parameter-names.ts";
import { bodyFactsOf, numberClosures, type RangeBody } from "./range-bodies.ts";
import { type UsesByBody, writtenCode } from "./written-code.ts";

/** One file of the package that is being compiled. */
export interface Unit {
  readonly tree: FlatTree;
  /** Index of the file. */
  readonly file: number;
  /** Of the file. */
  readonly builds: BuildSet;
  readonly test: boolean;
  readonly packagePath: string;
  readonly packageName: string;
  /** Functions that `//export` hands to C. */
  readonly cgoExports: ReadonlySet<string>;
  /** Whether others can have values of a type as what they are. */
  readonly isExposed: (type: string) => boolean;
  readonly buildSets: BuildSets;
}

/** A body with all that compiling it needs. */
export interface CompiledBody {
  readonly body: MergedBody;
  /** By the nodes of the function and the literals in it. */
  readonly flows: ReadonlyMap<Node, MergedFlows>;
  /** None if there is nothing to compute, or it differs between builds. */
  readonly code: BodyCode | undefined;
  readonly tables: Tables;
  /** Of a method: the type parameters of its receiver's type, as it names them. */
  readonly receiverParameters: Parameters;
}

/** What of a declared function is asked for. */
export interface DeclaredBody {
  readonly declaration: FunctionDeclaration;
  readonly builds: BuildSet;
  readonly compiled: CompiledBody;
  /** Init functions of the package are counted from 1. */
  readonly initNumber: number;
  /** With the names of its parameters. */
  readonly named: boolean;
}

/** A declared function or method with its closures. */
export function functionFacts(
  unit: Unit,
  { declaration, builds, compiled, initNumber, named }: DeclaredBody,
): FunctionFacts[] {
  const { tree, packagePath } = unit;
  const { name, receiver, node } = declaration;
  const isInit = name === "init" && receiver === undefined;
  const usesAt: UsesByBody = new Map();
  const [own, ...closures] = bodyFacts(unit, {
    id: isInit ? functionId(packagePath, `${name}#${initNumber}`) : declaredId(unit, declaration),
    kind: isInit ? "init" : receiver === undefined ? "function" : "method",
    receiver: receiver?.type,
    at: childByField(tree, node, F.name),
    bodiless: childByField(tree, node, F.body) < 0,
    code: codeOf(tree, node),
    builds,
    body: compiled.body,
    usesAt,
    flows: flowsWriter(unit, compiled),
    node,
  });
  if (own === undefined) return [];
  const names = named ? parameterNames(tree, node) : [];
  const written = writtenCode(compiled.code, { node, usesAt, path: packagePath });
  return [{ ...own, ...(names.length > 0 && { parameterNames: names }), ...written }, ...closures];
}

function declaredId({ packagePath }: Unit, { name, receiver }: FunctionDeclaration): string {
  return functionId(
    packagePath,
    receiver === undefined ? name : methodName(receiver.type, receiver.pointer, name),
  );
}

/** A function or an initialiser as it stands now. */
export interface KeptAs {
  readonly id: string;
  readonly file: number;
  readonly line: number;
  readonly entry: EntryPointKind | undefined;
}

/** A declaration, of functions no init function, by what its body does not say. */
export function keptAs(unit: Unit, declaration: FunctionDeclaration | VariableDeclaration): KeptAs {
  const { tree, file } = unit;
  const { name, node } = declaration;
  const lineOf = (at: Node) => placeOf(tree.source, start(tree, at)).line;
  if (declaration.kind === "variable")
    return { id: initializerId(unit, declaration), file, line: lineOf(node), entry: "initializer" };
  const { receiver } = declaration;
  const kind = receiver === undefined ? "function" : "method";
  return {
    id: declaredId(unit, declaration),
    file,
    line: lineOf(childByField(tree, node, F.name)),
    entry: entryPoint(unit, { kind, name, receiver: receiver?.type }),
  };
}

function initializerId({ packagePath }: Unit, { name }: VariableDeclaration): string {
  return functionId(packagePath, `init:${name}`);
}

export interface Initializer {
  /** None if it uses nothing. */
  readonly functions: readonly FunctionFacts[];
  readonly usesAt: UsesByBody;
}

/** The initialiser of a package variable, or of several that one expression sets. */
export function initializerFacts(
  unit: Unit,
  { declaration, compiled }: { declaration: VariableDeclaration; compiled: CompiledBody },
): Initializer {
  const { tree } = unit;
  const usesAt: UsesByBody = new Map();
  const value = childByField(tree, declaration.node, F.value);
  const { body, flows } = compiled;
  const idle =
    body.uses.length === 0 && body.literals.length === 0 && !flows.get(declaration.node)?.flows.length;
  if (value < 0 || idle) return { functions: [], usesAt };
  const functions = bodyFacts(unit, {
    id: initializerId(unit, declaration),
    kind: "initializer",
    at: declaration.node,
    bodiless: false,
    code: [value],
    builds: unit.builds,
    body,
    usesAt,
    flows: flowsWriter(unit, compiled),
    node: declaration.node,
  });
  return { functions, usesAt };
}

interface Body {
  readonly id: string;
  readonly kind: FunctionKind;
  /** Of a method: its receiver's type. */
  readonly receiver?: string | undefined;
  /** Where it is reported. */
  readonly at: Node;
  readonly bodiless: boolean;
  /** What its fingerprint is made of. */
  readonly code: readonly Node[];
  readonly builds: BuildSet;
  readonly body: MergedBody;
  /** Gets the uses of the body and of the closures in it. */
  readonly usesAt: UsesByBody;
  readonly flows: WrittenFlows;
  /** By which its flows go. */
  readonly node: Node;
}

/** A function, and after it the closures in it. */
function bodyFacts(unit: Unit, input: Body): FunctionFacts[] {
  const { id, kind, receiver, at, bodiless, code, builds, body, usesAt, flows, node } = input;
  const { tree, buildSets } = unit;
  const place = placeOf(tree.source, start(tree, at));
  const entry = entryPoint(unit, { kind, name: text(tree, at), receiver });
  const print = fingerprint(tree, code);
  const numbered = numberClosures(tree, id, {
    literals: body.literals.map((literal) => literal.node),
    bodies: flows.rangeBodies(node),
  });
  const closures = body.literals.map((literal) => ({
    id: numbered.literals.get(literal.node) ?? id,
    literal,
  }));
  const uses = allUses(body, closures);
  const bodies = bodyFactsOf(tree, numbered.bodies, uses);
  const byClause = new Map(numbered.bodies.map(({ clause }, place) => [clause, place]));
  usesAt.set(node, uses);
  const own: FunctionFacts = {
    id,
    kind,
    ...(entry !== undefined && { entry }),
    file: unit.file,
    ...(!buildSets.equal(builds, unit.builds) && { builds: buildSets.expression(buildSets.narrow(builds)) }),
    line: place.line,
    column: place.column,
    bodiless,
    fingerprint: print.hash,
    size: print.tokens,
    uses: usesOf(unit, builds, uses),
    ...flows.of(node, { builds, uses, closures, bodies: byClause }),
    ...(bodies.length > 0 && { bodies }),
  };
  return [own, ...closures.flatMap((closure) => closureFacts(unit, closure, { usesAt, flows }))];
}

interface Closure {
  readonly id: string;
  readonly literal: MergedLiteral;
}

function closureFacts(
  unit: Unit,
  { id, literal: { node, builds, body } }: Closure,
  { usesAt, flows }: Pick<Body, "usesAt" | "flows">,
): FunctionFacts[] {
  const code = codeOf(unit.tree, node);
  return bodyFacts(unit, {
    id,
    kind: "closure",
    at: node,
    bodiless: false,
    code,
    builds,
    body,
    usesAt,
    flows,
    node,
  });
}

/** In source order, those of closures among them. */
function allUses(body: MergedBody, closures: readonly Closure[]): MergedUse[] {
  const literals = closures.map(
    ({ id, literal: { node, called, builds } }): MergedUse => ({
      at: node,
      target: { kind: "function", id },
      use: called ? "call" : "reference",
      arguments: [],
      builds,
    }),
  );
  return [...body.uses, ...literals].sort((a, b) => a.at - b.at);
}

function usesOf({ tree, buildSets }: Unit, builds: BuildSet, uses: readonly MergedUse[]): UseFacts[] {
  return uses.map(({ at, target, use, arguments: given, builds: set }) => {
    const { line, column } = placeOf(tree.source, start(tree, at));
    return {
      target,
      use,
      line,
      column,
      ...(given.length > 0 && { arguments: given }),
      ...(!buildSets.equal(set, builds) && { builds: buildSets.expression(buildSets.narrow(set)) }),
    };
  });
}

/** What facts say of flows, function by function: closures after what they stand in. */
interface WrittenFlows {
  readonly rangeBodies: (node: Node) => readonly RangeBody[];
  readonly of: (
    node: Node,
    body: {
      readonly builds: BuildSet;
      readonly uses: readonly MergedUse[];
      readonly closures: readonly Closure[];
      readonly bodies: ReadonlyMap<Node, number>;
    },
  ) => Pick<FunctionFacts, "signature" | "typeParameters" | "flows">;
}

function flowsWriter(
  { tree, buildSets }: Unit,
  { flows, tables, receiverParameters }: CompiledBody,
): WrittenFlows {
  const [root] = flows.values();
  const own = root?.signatures[0]?.value.typeParameters ?? [];
  const parameters = [...receiverParameters, ...own];
  const writer = createWriter({ tables, tree, buildSets, parameters });
  return {
    rangeBodies: (node) => rangeBodies(flows.get(node)),
    of: (node, { builds, uses, closures, bodies }) => {
      const found = flows.get(node);
      if (found === undefined) return {};
      const literals = new Map(closures.map(({ id, literal }) => [literal.node, id]));
      const signature = writer.signature(found);
      const written = writer.write({ flows: found, builds, uses, literals, bodies });
      return {
        ...(signature !== undefined && { signature }),
        ...(parameters.length > 0 &&
          found === root && { typeParameters: parameters.map(({ name }) => name) }),
        ...(written !== undefined && { flows: written }),
      };
    },
  };
}

/** A range that several builds have otherwise is one body. */
function rangeBodies(flows: MergedFlows | undefined): RangeBody[] {
  const bodies = new Map<Node, RangeBody>();
  for (const { value } of flows?.flows ?? [])
    if (value.kind === "yields") bodies.set(value.clause, { clause: value.clause, block: value.block });
  return [...bodies.values()];
}

const codeFields: readonly number[] = [F.type_parameters, F.parameters, F.result, F.body];

function codeOf(tree: FlatTree, node: Node): Node[] {
  return children(tree, node).filter((child) => codeFields.includes(tree.fields[child] ?? 0));
}

const testName = /^(?:Test|Benchmark|Fuzz|Example)(?:$|[^\p{Ll}])/u;

/** How control may get into a function; undefined if only through other functions. */
function entryPoint(
  unit: Unit,
  { kind, name, receiver = "" }: { kind: FunctionKind; name: string; receiver?: string | undefined },
): EntryPointKind | undefined {
  switch (kind) {
    case "init":
      return "init";
    case "initializer":
      return "initializer";
    case "closure":
    case "imports":
      return undefined;
    case "method":
      if (!isExportedName(name)) return undefined;
      return unit.isExposed(receiver) ? "exported-method" : "interface-method";
    case "function":
      if (name === "main" && unit.packageName === "main") return "main";
      if (unit.test) return testName.test(name) ? "test" : undefined;
      if (unit.cgoExports.has(name)) return "cgo-export";
      return isExportedName(name) ? "exported-function" : undefined;
    default:
      return kind satisfies never;
  }
}
