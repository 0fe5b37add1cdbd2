/**
 * Which types of a package others can have values of as what they are: those with exported names, and those in the
 * declaration of something exported, however far inside. A type that is none of these gets out as a value of an interface
 * at most, so that its methods are called through one. Over-approximates by names: a name in a declaration counts
 * whatever it stands for there. Linear in the declarations, but for initial values and their functions' signatures.
 */
import { isExportedName } from "../model/function-id.ts";
import { groupBy } from "../model/grouping.ts";
import { childByField, children, F, type FlatTree, K, kind, type Node, text } from "../syntax/index.ts";
import type { Declaration, FunctionDeclaration, PackageScope } from "./package-scope.ts";

/** Names of types of the package. */
export function exposedTypes({ files, names, functions }: PackageScope): ReadonlySet<string> {
  const exposed = new Set<string>();
  const seen = new Set<Declaration>();
  const open: Declaration[] = [];
  const add = (one: Declaration) => {
    if (seen.has(one)) return;
    seen.add(one);
    if (one.kind === "type") exposed.add(one.name);
    open.push(one);
  };
  const methods = groupBy(functions, ({ receiver }) => receiver?.type ?? "");
  const addNamed = (name: string) => {
    for (const one of names.get(name) ?? []) if (one.kind === "type" || one.kind === "function") add(one);
  };
  for (const all of names.values()) for (const one of all) if (isExportedName(one.name)) add(one);
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const tree = files[one.file]?.tree;
    if (tree === undefined || one.kind === "constant") continue;
    for (const part of partsOf(tree, one)) for (const name of namesIn(tree, part)) addNamed(name);
    if (one.kind === "type")
      for (const method of methods.get(one.name) ?? []) if (isExportedName(method.name)) add(method);
  }
  return exposed;
}

/** What of a declaration others depend on: not the bodies of functions. */
function partsOf(tree: FlatTree, one: Exclude<Declaration, { kind: "constant" }>): Node[] {
  if (one.kind === "function") return signatureOf(tree, one);
  const fields = one.kind === "type" ? [F.type, F.type_parameters] : [F.type, F.value];
  return fields.map((field) => childByField(tree, one.node, field)).filter((node) => node >= 0);
}

function signatureOf(tree: FlatTree, { node }: FunctionDeclaration): Node[] {
  return [F.type_parameters, F.parameters, F.result]
    .map((field) => childByField(tree, node, field))
    .filter((part) => part >= 0);
}

/** Identifiers in a tree, without those in the fields of structs that are not exported, and in bodies. */
function namesIn(tree: FlatTree, root: Node): Set<string> {
  const found = new Set<string>();
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const of = kind(tree, node);
    if (of === K.type_identifier || of === K.identifier) found.add(text(tree, node));
    else if (of !== K.block && !(of === K.field_declaration && isHidden(tree, node)))
      for (const child of children(tree, node)) open.push(child);
  }
  return found;
}

/** Fields with names of which none is exported. */
function isHidden(tree: FlatTree, field: Node): boolean {
  const names = children(tree, field).filter((child) => tree.fields[child] === F.name);
  return names.length > 0 && !names.some((name) => isExportedName(text(tree, name)));
}
