/**
 * Declare: the trees of a package in, its scope out: what each package-level name is,
 * in which files, and what each file imports. Every declaration is kept, also several
 * of one name: they belong to different builds.
 */
import { groupBy } from "../model/grouping.ts";
import { compareText } from "../model/position.ts";
import { childByField, children, F, type FlatTree, K, kind, type Node, text } from "../syntax/index.ts";
import { type ConstantSpec, constantSpecs } from "./constant-spec.ts";
import type { PackageNames } from "./import-names.ts";
import { type FileImports, fileImports } from "./imports.ts";
import { specNames, typeSpecs, varSpecs } from "./lists.ts";
import { type DeclaredType, type Receiver, receiversOf, writtenReceiver } from "./receiver.ts";

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
  const declarations = files.flatMap((file, index) => fileDeclarations(file.tree, index));
  const functions = withReceivers(declarations, files);
  return {
    files,
    imports: files.map((file) => fileImports(file.tree, packageNames)),
    names: groupBy(
      declarations.filter((one) => one.kind !== "function" || one.receiver === undefined),
      (one) => one.name,
    ),
    functions,
    variables: declarations.filter((one) => one.kind === "variable"),
    methods: groupBy(
      functions.filter((one) => one.receiver !== undefined),
      (one) => `${one.receiver?.type}.${one.name}`,
    ),
  };
}

/** Functions and methods; one on an alias is on what the alias is of, several times if that differs between builds. */
function withReceivers(
  declarations: readonly Declaration[],
  files: readonly PackageFile[],
): FunctionDeclaration[] {
  const types = groupBy(
    declarations.filter((one) => one.kind === "type"),
    (one) => one.name,
  );
  const typesOf = (name: string): DeclaredType[] =>
    (types.get(name) ?? []).flatMap(({ file, node }) => {
      const tree = files[file]?.tree;
      return tree === undefined ? [] : [{ file, tree, node }];
    });
  return declarations
    .filter((one) => one.kind === "function")
    .flatMap((one) =>
      one.receiver === undefined
        ? [one]
        : receiversOf(one.receiver, typesOf).map((receiver) => ({ ...one, receiver })),
    );
}

function fileDeclarations(tree: FlatTree, file: number): Declaration[] {
  return topLevel(tree).flatMap((node) => declaredBy(tree, node, file));
}

/** What a node at the top level of a file declares, as it is written: receivers may be aliases. */
export function declaredBy(tree: FlatTree, node: Node, file: number): Declaration[] {
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
  return receiver < 0 ? declaration : { ...declaration, receiver: writtenReceiver(tree, receiver) };
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

/** Whether it is one of the functions that run at first, which have no name. */
export function isInit({ name, receiver }: FunctionDeclaration): boolean {
  return name === "init" && receiver === undefined;
}

/** Orders declarations by file and place: the order in which Go numbers init functions. */
export function inSourceOrder(files: readonly PackageFile[]): (a: Declaration, b: Declaration) => number {
  return (a, b) => {
    const name = (one: Declaration) => files[one.file]?.tree.source.file ?? "";
    const at = (one: Declaration) => ("node" in one ? one.node : one.value);
    return compareText(name(a), name(b)) || at(a) - at(b);
  };
}
