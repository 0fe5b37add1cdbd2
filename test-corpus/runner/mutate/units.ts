/** What files declare at package level, and what of it is new. */
import { specNames, typeSpecs, varSpecs } from "../../../packages/analyzer/src/declare/lists.ts";
import { topLevel } from "../../../packages/analyzer/src/declare/package-scope.ts";
import { type Receiver, writtenReceiver } from "../../../packages/analyzer/src/declare/receiver.ts";
import { groupBy } from "../../../packages/analyzer/src/model/grouping.ts";
import {
  childByField,
  childrenOfKind,
  F,
  type FlatTree,
  K,
  kind,
  type Node,
  text,
} from "../../../packages/analyzer/src/syntax/index.ts";
import type { CodeFile } from "./code-file.ts";

/** A declaration at package level: of a function or method, or a line of one of types, variables or constants. */
export interface Unit {
  readonly kind: "function" | "type" | "variable" | "constant";
  readonly names: readonly string[];
  /** Of a method. */
  readonly receiver?: Receiver;
  readonly file: CodeFile;
  /** The declaration of a function, the line of others. */
  readonly node: Node;
  /** The old version has none of that kind and name in the same folder. */
  readonly isNew: boolean;
  /** It is new, or is not written as in the old version. */
  readonly isFresh: boolean;
  /** The one of the old version, if there is one. */
  readonly before?: Declared;
}

export type Declared = Omit<Unit, "isNew" | "isFresh" | "before">;

/** The declarations of the new version, in the order of the files. */
export function unitsOf(files: readonly CodeFile[], old: readonly CodeFile[]): Unit[] {
  const known = groupBy(old.flatMap(declaredIn), keyOf);
  return files.flatMap(declaredIn).map((unit) => {
    const same = known.get(keyOf(unit)) ?? [];
    const isFresh = !same.some((one) => wordsOf(one) === wordsOf(unit));
    // There may be several init functions and blank variables: each is one of its own.
    const [before] = ["init", "_"].includes(unit.names[0] ?? "_") ? [] : same;
    const isNew = isFresh && before === undefined;
    return { ...unit, isNew, isFresh, ...(before !== undefined && { before }) };
  });
}

/** Names at package level, each after its folder and a blank, that are in the old files alone. */
export function goneNames(old: readonly CodeFile[], files: readonly CodeFile[]): Set<string> {
  const namesOf = (list: readonly CodeFile[]) =>
    list
      .flatMap(declaredIn)
      .flatMap(({ file, names, receiver }) =>
        receiver === undefined ? names.map((name) => `${file.directory} ${name}`) : [],
      );
  const left = new Set(namesOf(files));
  return new Set(namesOf(old).filter((name) => !left.has(name)));
}

function keyOf({ kind, names, receiver, file }: Declared): string {
  return [file.directory, kind, receiver?.type ?? "", ...names].join(" ");
}

function wordsOf({ file, node }: Declared): string {
  return text(file.tree, node).replaceAll(/\s+/g, " ");
}

function declaredIn(file: CodeFile): Declared[] {
  const { tree } = file;
  return topLevel(tree).flatMap((node): Declared[] => {
    switch (kind(tree, node)) {
      case K.function_declaration:
        return [{ kind: "function", names: [nameOf(tree, node)], file, node }];
      case K.method_declaration: {
        const receiver = writtenReceiver(tree, childByField(tree, node, F.receiver));
        return [{ kind: "function", names: [nameOf(tree, node)], receiver, file, node }];
      }
      case K.type_declaration:
        return typeSpecs(tree, node).map((spec) => ({
          kind: "type",
          names: [nameOf(tree, spec)],
          file,
          node: spec,
        }));
      case K.var_declaration:
        return varSpecs(tree, node).map((spec) => ({
          kind: "variable",
          names: namesIn(tree, spec),
          file,
          node: spec,
        }));
      case K.const_declaration:
        return childrenOfKind(tree, node, K.const_spec).map((spec) => ({
          kind: "constant",
          names: namesIn(tree, spec),
          file,
          node: spec,
        }));
      default:
        return [];
    }
  });
}

function nameOf(tree: FlatTree, node: Node): string {
  return text(tree, childByField(tree, node, F.name));
}

function namesIn(tree: FlatTree, spec: Node): string[] {
  return specNames(tree, spec).map((name) => text(tree, name));
}
