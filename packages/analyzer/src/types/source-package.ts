/**
 * A package from its sources: what its names are, each resolved when it is first asked
 * for, and its bodies. Several declarations of a name belong to several builds.
 */
import type { BuildSet } from "../constraints/index.ts";
import type { ConstantSpec } from "../declare/constant-spec.ts";
import { expressions, specNames } from "../declare/lists.ts";
import type { Declaration, FunctionDeclaration, PackageScope } from "../declare/package-scope.ts";
import {
  childByField,
  children,
  end,
  F,
  type FlatTree,
  K,
  kind,
  type Node,
  noNode,
  start,
} from "../syntax/index.ts";
import type { Checker, FileScope, FunctionVariables, Observer, Place } from "./checker.ts";
import { evaluateConstant } from "./constant-declaration.ts";
import { declarationHead, functionHead } from "./declaration-head.ts";
import { declaredFunction, type SourceFunction } from "./function-declaration.ts";
import { parameterScope } from "./function-literal.ts";
import { tellAssigned } from "./generic-value.ts";
import type { PackageInterface, PackageObject, Variant } from "./object.ts";
import { assignedTypes } from "./statement.ts";
import { inSteps } from "./stepwise.ts";
import type { Type } from "./type.ts";
import { declaredAlias, declaredType } from "./type-declaration.ts";
import { createVarying, inOnePart, inParts, type Part, partsOf } from "./varying.ts";

export interface SourcePackage extends PackageInterface {
  /** All names that it declares at package level, in no order. */
  readonly names: readonly string[];
  readonly files: readonly FileScope[];
  /** Functions and methods in the order of their declarations. */
  readonly functions: readonly SourceFunction[];
  /**
   * Looks at the body of a function, once for each part of its builds that has answers of its
   * own. If there are several, each of its statements is looked at for itself, by an observer of
   * its own: the parts of a function then overlap, and together hear all.
   */
  readonly checkFunction: <T extends Observer>(fn: SourceFunction, observer: () => T) => Part<T>[];
  /** Looks at the parameters and results of a function alone; undefined if they differ between its builds. */
  readonly checkSignature: <T extends Observer>(
    fn: SourceFunction,
    observer: () => T,
  ) => Part<T>[] | undefined;
  /** The same for a variable, constant or type declaration at package level. */
  readonly checkDeclaration: <T extends Observer>(declaration: Declaration, observer: () => T) => Part<T>[];
  /** Looks at what stands in a declaration beside bodies and values: its names, signatures and type expressions. */
  readonly checkHead: <T extends Observer>(declaration: Declaration, observer: () => T) => Part<T>[];
}

export interface SourcePackageInput {
  readonly path: string;
  readonly name: string;
  readonly scope: PackageScope;
  /** The builds of each file. */
  readonly builds: readonly BuildSet[];
  /** Of files that no build takes: the package of which they would be a part. They see its names behind their own. */
  readonly beside?: Pick<PackageInterface, "path" | "lookUp"> | undefined;
}

export function createSourcePackage(
  checker: Checker,
  { path, name, scope, builds, beside }: SourcePackageInput,
): SourcePackage {
  const variants = new Map<string, readonly Variant[]>();
  const lookUp = (wanted: string): readonly Variant[] => {
    let found = variants.get(wanted);
    if (found === undefined) variants.set(wanted, (found = variantsOf(wanted)));
    return found;
  };
  const lookUpInFile = (wanted: string): readonly Variant[] => {
    const own = lookUp(wanted);
    return own.length > 0 || beside === undefined ? own : beside.lookUp(wanted);
  };
  const files = scope.files.map((file, index): FileScope => {
    const imports = scope.imports[index];
    return {
      tree: file.tree,
      // Members that are not exported are those of the package of which they would be a part.
      package: beside?.path ?? path,
      lookUp: lookUpInFile,
      imports: imports?.named ?? new Map(),
      dots: imports?.dots ?? [],
      cgo: imports?.cgo ?? false,
    };
  });

  // Declarations name only files of this package.
  const place = (file: number): Place => ({
    checker,
    file: files[file] as FileScope,
    scope: undefined,
    observer: undefined,
    iota: undefined,
    signature: undefined,
  });
  const domain = (file: number): BuildSet => builds[file] ?? checker.session.builds.none;
  /** A method on an alias holds where the alias is of that type. */
  const functionDomain = ({ file, receiver }: FunctionDeclaration): BuildSet => {
    const sets = checker.session.builds;
    const anyOf = (files: readonly number[]) => files.map(domain).reduce(sets.or, sets.none);
    return (receiver?.within ?? []).map(anyOf).reduce(sets.and, domain(file));
  };
  const functionsByNode = new Map<FunctionDeclaration, SourceFunction>();
  const sourceFunction = (declaration: FunctionDeclaration): SourceFunction => {
    let fn = functionsByNode.get(declaration);
    if (fn === undefined) {
      fn = declaredFunction(place(declaration.file), {
        declaration,
        path,
        domain: functionDomain(declaration),
      });
      functionsByNode.set(declaration, fn);
    }
    return fn;
  };

  function variantsOf(wanted: string): Variant[] {
    if (wanted === "init" || wanted === "_") return [];
    const declarations = scope.names.get(wanted) ?? [];
    const types = declarations.filter((one) => one.kind === "type");
    const defined = types.filter((one) => kind(place(one.file).file.tree, one.node) === K.type_spec);
    const found: Variant[] = defined.length === 0 ? [] : [typeVariant(wanted, defined)];
    for (const one of declarations) {
      if (one.kind === "type" && defined.includes(one)) continue;
      found.push({ builds: domain(one.file), object: objectOf(one) });
    }
    return found;
  }

  /** All declarations of a defined type are one type, whatever the builds. */
  function typeVariant(
    wanted: string,
    declarations: readonly Extract<Declaration, { kind: "type" }>[],
  ): Variant {
    const declaration = declaredType({
      name: wanted,
      path,
      variants: declarations.map((one) => ({
        place: place(one.file),
        node: one.node,
        builds: domain(one.file),
      })),
      methods: (method) => (scope.methods.get(`${wanted}.${method}`) ?? []).map(sourceFunction),
      methodNames: methodNames.get(wanted) ?? [],
    });
    const type = checker.types.named(declaration);
    const all = declarations.reduce(
      (sum, one) => checker.session.builds.or(sum, domain(one.file)),
      checker.session.builds.none,
    );
    return { builds: all, object: { kind: "type", declaration, type: () => type } };
  }

  function objectOf(declaration: Declaration): PackageObject {
    const at = place(declaration.file);
    const inBuilds = domain(declaration.file);
    switch (declaration.kind) {
      case "function": {
        const fn = sourceFunction(declaration);
        return { kind: "function", package: path, name: declaration.name, type: fn.signature };
      }
      case "type":
        return declaredAlias(at, { name: declaration.name, path, node: declaration.node, domain: inBuilds });
      case "variable": {
        const type = createVarying(checker.session, {
          domain: inBuilds,
          compute: () => variableType(at, declaration.node, declaration.index),
          inCycle: () => checker.types.unknown("cycle"),
          outside: () => checker.types.unknown("unknown-name"),
        });
        return { kind: "variable", package: path, name: declaration.name, type };
      }
      case "constant":
        return constantObject(at, inBuilds, declaration.spec, declaration.index);
      default:
        return declaration satisfies never;
    }
  }

  function constantObject(at: Place, inBuilds: BuildSet, spec: ConstantSpec, index: number): PackageObject {
    const evaluate = () => evaluateConstant(at, spec, index);
    const type = createVarying<Type>(checker.session, {
      domain: inBuilds,
      compute: () => evaluate().type,
      inCycle: () => checker.types.unknown("cycle"),
      outside: () => checker.types.unknown("unknown-name"),
    });
    const constant = createVarying(checker.session, {
      domain: inBuilds,
      compute: () => evaluate().constant,
      inCycle: () => undefined,
      outside: () => undefined,
    });
    return { kind: "constant", type, value: constant };
  }

  const methodNames = namesByReceiver(scope);
  const functions = scope.functions.map(sourceFunction);
  return {
    path,
    name,
    lookUp,
    names: [...scope.names.keys()],
    files,
    functions,
    checkFunction: (fn, observer) => {
      const { node, file } = fn.declaration;
      const { tree } = files[file] as FileScope;
      const body = childByField(tree, node, F.body);
      const listen = ({ variables }: Inside) => {
        const listening = observer();
        listening.parameters?.(node, variables);
        return listening;
      };
      const whole = inOnePart(checker.session, fn.builds, () => {
        const inside = insideOf(fn);
        const listening = listen(inside);
        if (body >= 0) checker.body({ ...inside.place, observer: listening }, body);
        listening.finished?.();
        return listening;
      });
      if (whole !== undefined) return whole;
      const limit = partsOf(bytesOf(tree, body));
      const statements = blockStatements(tree, body);
      const parts = inParts(checker.session, fn.builds, () => insideOf(fn), limit);
      return parts.flatMap(({ builds: set, value: inside }) =>
        inSteps({ place: inside.place, builds: set, statements, limit, observer: () => listen(inside) }),
      );
    },
    checkSignature: (fn, observer) =>
      inOnePart(checker.session, fn.builds, () => {
        const listening = observer();
        listening.parameters?.(fn.declaration.node, insideOf(fn).variables);
        listening.finished?.(noNode);
        return listening;
      }),
    checkDeclaration: (declaration, observer) => {
      const { tree } = files[declaration.file] as FileScope;
      const check = () => {
        const listening = observer();
        const at = { ...place(declaration.file), observer: listening };
        if (declaration.kind === "variable") checkValues(at, declaration.node);
        if (declaration.kind === "constant") evaluateConstant(at, declaration.spec, declaration.index);
        listening.finished?.();
        return listening;
      };
      const bytes = "node" in declaration ? bytesOf(tree, declaration.node) : 0;
      return inParts(checker.session, domain(declaration.file), check, partsOf(bytes));
    },
    checkHead: (declaration, observer) => {
      if (declaration.kind === "function") {
        const fn = sourceFunction(declaration);
        return inParts(checker.session, fn.builds, () => {
          const listening = observer();
          functionHead({ ...fn.place(), observer: listening }, fn);
          return listening;
        });
      }
      return inParts(checker.session, domain(declaration.file), () => {
        const listening = observer();
        declarationHead({ ...place(declaration.file), observer: listening }, declaration);
        return listening;
      });
    },
  };
}

/** Where a body stands, with the variables of its signature. */
interface Inside {
  readonly place: Place;
  readonly variables: FunctionVariables;
}

function insideOf(fn: SourceFunction): Inside {
  const signature = fn.signature();
  const receiver = fn.receiver();
  const around = fn.place();
  const outer = parameterScope(around.scope, receiver);
  const { scope, variables } = parameterScope(outer.scope, signature);
  return {
    place: { ...around, scope, signature },
    variables: {
      parameters: [...receiver.parameters, ...signature.parameters],
      results: signature.results,
      signature,
      variables: new Map([...outer.variables, ...variables]),
    },
  };
}

/** The statements of a body, those in a part with a syntax error among them; never none. */
function blockStatements(tree: FlatTree, body: Node): Node[] {
  if (body < 0) return [body];
  return children(tree, body).flatMap((child) =>
    [K.statement_list, K.ERROR].includes(kind(tree, child)) ? children(tree, child) : [child],
  );
}

function bytesOf(tree: FlatTree, node: Node): number {
  return node < 0 ? 0 : end(tree, node) - start(tree, node);
}

function namesByReceiver(scope: PackageScope): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const [, [first]] of scope.methods) {
    const receiver = first?.receiver?.type;
    if (first === undefined || receiver === undefined) continue;
    const list = names.get(receiver);
    if (list === undefined) names.set(receiver, [first.name]);
    else list.push(first.name);
  }
  for (const list of names.values()) list.sort();
  return names;
}

function variableType(place: Place, spec: Node, index: number): Type {
  const { checker, file } = place;
  const typeNode = childByField(file.tree, spec, F.type);
  if (typeNode >= 0) return checker.typeOf(place, typeNode);
  const list = childByField(file.tree, spec, F.value);
  const nodes = list < 0 ? [] : expressions(file.tree, list);
  const wanted = nodes.length === 1 ? 0 : index;
  const operand = checker.evaluate(place, nodes[wanted] ?? -1);
  if (nodes.length > 1 || index === 0) {
    const single =
      operand.mode === "value" && operand.type.kind === "tuple" ? operand.type.elements[0] : undefined;
    return single ?? assignedTypes(place, [operand], 1)[0] ?? checker.types.unknown("invalid");
  }
  return assignedTypes(place, [operand], index + 1)[index] ?? checker.types.unknown("invalid");
}

function checkValues(place: Place, spec: Node): void {
  const { checker, file } = place;
  const typeNode = childByField(file.tree, spec, F.type);
  const declared = typeNode < 0 ? undefined : checker.typeOf(place, typeNode);
  const list = childByField(file.tree, spec, F.value);
  if (list < 0) return;
  const nodes = expressions(file.tree, list);
  const operands = nodes.map((node) => checker.evaluate(place, node));
  const names = specNames(file.tree, spec);
  tellAssigned(place, nodes, { operands, wanted: names.map(() => declared) });
  const types = declared === undefined ? assignedTypes(place, operands, names.length) : [];
  place.observer?.initialized?.(
    spec,
    names.map((_, index) => declared ?? types[index] ?? checker.types.unknown("invalid")),
  );
}
