/**
 * Declare: the trees of a package in, its scope out: what each package-level name is,
 * in which files, and what each file imports. Every declaration is kept, also several
 * of one name: they belong to different builds.
 */
import { compareText } from "../model/position.ts";
import {
  childByField,
  childOfKind,
  children,
  F,
  type FlatTree,
  K,
  kind,
  type Node,
  text,
} from "../syntax/index.ts";
import { type ConstantSpec, constantSpecs } from "./constant-spec.ts";
import type { PackageNames } from "./import-names.ts";
import { type FileImports, fileImports } from "./imports.ts";
import { specNames, typeSpecs, varSpecs } from "./lists.ts";

/** One file of a package with its tree. */
export interface PackageFile {
  readonly tree: FlatTree;
  /** A `//go:build` expression; empty for all builds. */
  readonly builds: string;
  readonly bytes: number;
  readonly test: boolean;
}

export type Declaration =
  | FunctionDeclaration
  | { readonly kind: "type"; readonly name: string; readonly file: number; readonly node: Node }
  | VariableDeclaration
  | ConstantDeclaration;

export interface FunctionDeclaration {
  readonly kind: "function";
  readonly name: string;
  readonly file: number;
  readonly node: Node;
  /** Of a method: the receiver's base type, and whether it is a pointer. */
  readonly receiver?: Receiver;
}

interface Receiver {
  readonly type: string;
  readonly pointer: boolean;
}

export interface VariableDeclaration {
  readonly kind: "variable";
  readonly name: string;
  readonly file: number;
  /** The var_spec. */
  readonly node: Node;
  /** The first name of its var_spec: the one that its initialiser goes by. */
  readonly first: boolean;
  /** Its place among the names of its var_spec. */
  readonly index: number;
}

export interface ConstantDeclaration {
  readonly kind: "constant";
  readonly name: string;
  readonly file: number;
  /** The value's expression, that of an earlier line where this one repeats it, or -1. */
  readonly value: Node;
  readonly iota: number;
  readonly spec: ConstantSpec;
  /** Its place among the names of its line. */
  readonly index: number;
}

export interface PackageScope {
  readonly files: readonly PackageFile[];
  readonly imports: readonly FileImports[];
  /** Functions without methods, types, variables and constants by name. */
  readonly names: ReadonlyMap<string, readonly Declaration[]>;
  readonly functions: readonly FunctionDeclaration[];
  readonly variables: readonly VariableDeclaration[];
  /** `T.M` for every method declared. */
  readonly methods: ReadonlyMap<string, readonly FunctionDeclaration[]>;
}

/** Declares what the files hold. Files are taken in the order given, which numbers them. */
export function declarePackage(files: readonly PackageFile[], packageNames: PackageNames): PackageScope {
  const declared = files.flatMap((file, index) => fileDeclarations(file.tree, index));
  const aliases = aliasedTypes(files, declared);
  const declarations = declared.map((one) => (one.kind === "function" ? behindAliases(one, aliases) : one));
  const functions = declarations.filter((one) => one.kind === "function");
  return {
    files,
    imports: files.map((file) => fileImports(file.tree, packageNames)),
    names: group(
      declarations.filter((one) => one.kind !== "function" || one.receiver === undefined),
      (one) => one.name,
    ),
    functions,
    variables: declarations.filter((one) => one.kind === "variable"),
    methods: group(
      functions.filter((one) => one.receiver !== undefined),
      (one) => `${one.receiver?.type}.${one.name}`,
    ),
  };
}

function group<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const found = groups.get(key(item));
    if (found === undefined) groups.set(key(item), [item]);
    else found.push(item);
  }
  return groups;
}

function fileDeclarations(tree: FlatTree, file: number): Declaration[] {
  return topLevel(tree).flatMap((node): Declaration[] => {
    switch (kind(tree, node)) {
      case K.function_declaration:
      case K.method_declaration:
        return [functionDeclaration(tree, node, file)];
      case K.type_declaration:
        return typeSpecs(tree, node).map((spec) => ({
          kind: "type",
          name: nameOf(tree, spec),
          file,
          node: spec,
        }));
      case K.var_declaration:
        return varSpecs(tree, node).flatMap((spec) => variables(tree, spec, file));
      case K.const_declaration:
        return constants(tree, node, file);
      default:
        return [];
    }
  });
}

/** The children of the root, and those of errors at the top level: declarations around a syntax error count. */
export function topLevel(tree: FlatTree): Node[] {
  return children(tree, 0).flatMap((node) => (kind(tree, node) === K.ERROR ? children(tree, node) : [node]));
}

function nameOf(tree: FlatTree, node: Node): string {
  const name = childByField(tree, node, F.name);
  return name < 0 ? "_" : text(tree, name);
}

function functionDeclaration(tree: FlatTree, node: Node, file: number): FunctionDeclaration {
  const declaration = { kind: "function", name: nameOf(tree, node), file, node } as const;
  const receiver = childByField(tree, node, F.receiver);
  return receiver < 0 ? declaration : { ...declaration, receiver: receiverOf(tree, receiver) };
}

/** The base type's name and whether it is behind a pointer; parentheses and type parameters do not matter. */
function receiverOf(tree: FlatTree, receiver: Node): Receiver {
  return baseType(tree, childByField(tree, childOfKind(tree, receiver, K.parameter_declaration), F.type));
}

function baseType(tree: FlatTree, type: Node): Receiver {
  let node = type;
  let pointer = false;
  while (node >= 0) {
    const of = kind(tree, node);
    if (of === K.type_identifier) return { type: text(tree, node), pointer };
    if (of === K.pointer_type) pointer = true;
    node = of === K.generic_type ? childByField(tree, node, F.type) : typeInside(tree, node);
  }
  return { type: "_", pointer };
}

/** What aliases of the package stand for, by name, where it is a type of the package or a pointer to one. */
function aliasedTypes(
  files: readonly PackageFile[],
  declarations: readonly Declaration[],
): ReadonlyMap<string, Receiver> {
  const aliases = new Map<string, Receiver>();
  for (const declaration of declarations) {
    const tree = declaration.kind === "type" ? files[declaration.file]?.tree : undefined;
    if (tree === undefined || declaration.kind !== "type") continue;
    if (kind(tree, declaration.node) !== K.type_alias || aliases.has(declaration.name)) continue;
    const target = baseType(tree, childByField(tree, declaration.node, F.type));
    if (target.type !== "_") aliases.set(declaration.name, target);
  }
  return aliases;
}

/** A method that is declared for an alias is one of the type behind it. */
function behindAliases(
  declaration: FunctionDeclaration,
  aliases: ReadonlyMap<string, Receiver>,
): FunctionDeclaration {
  let { receiver } = declaration;
  const seen = new Set<string>();
  for (let behind = receiver; receiver !== undefined && behind !== undefined; ) {
    receiver = { type: behind.type, pointer: receiver.pointer || behind.pointer };
    behind = seen.has(behind.type) ? undefined : aliases.get(behind.type);
    seen.add(receiver.type);
  }
  return receiver === undefined ? declaration : { ...declaration, receiver };
}

function typeInside(tree: FlatTree, node: Node): Node {
  const wanted = [K.type_identifier, K.pointer_type, K.parenthesized_type, K.generic_type];
  return children(tree, node).find((child) => wanted.includes(kind(tree, child))) ?? -1;
}

function variables(tree: FlatTree, spec: Node, file: number): VariableDeclaration[] {
  return specNames(tree, spec).map((name, index) => ({
    kind: "variable",
    name: text(tree, name),
    file,
    node: spec,
    first: index === 0,
    index,
  }));
}

/** The constants of a declaration. */
export function constants(tree: FlatTree, declaration: Node, file: number): ConstantDeclaration[] {
  return constantSpecs(tree, declaration).flatMap((spec) =>
    spec.names.map(
      (name, index): ConstantDeclaration => ({
        kind: "constant",
        name: text(tree, name),
        file,
        value: spec.values[index] ?? -1,
        iota: spec.iota,
        spec,
        index,
      }),
    ),
  );
}

/** Orders declarations by file and place: the order in which Go numbers init functions. */
export function inSourceOrder(files: readonly PackageFile[]): (a: Declaration, b: Declaration) => number {
  return (a, b) => {
    const name = (one: Declaration) => files[one.file]?.tree.source.file ?? "";
    const at = (one: Declaration) => ("node" in one ? one.node : one.value);
    return compareText(name(a), name(b)) || at(a) - at(b);
  };
}
