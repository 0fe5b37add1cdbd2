import type { ImportFacts } from "../model/facts.ts";
import {
  childByField,
  childOfKind,
  childrenOfKind,
  F,
  type FlatTree,
  K,
  kind,
  type Node,
  placeOf,
  start,
  text,
} from "../syntax/index.ts";
import { likelyNames, type PackageNames } from "./import-names.ts";
import { stringValue } from "./strings.ts";

/** What a file imports, and how it names it. */
export interface FileImports {
  readonly all: readonly ImportFacts[];
  /** Import path by the name that the file uses for it; `import "C"` is not in here. */
  readonly named: ReadonlyMap<string, string>;
  /** Paths of dot imports, in source order. */
  readonly dots: readonly string[];
  /** `import "C"` is there. */
  readonly cgo: boolean;
  /** Some name is told from how the file uses it. */
  readonly guessed: boolean;
}

/** The imports of one file. A name that is neither written nor known is told from the path and its use. */
export function fileImports(tree: FlatTree, packageNames: PackageNames): FileImports {
  const all = importSpecs(tree).flatMap((spec) => importOf(tree, spec));
  const named = new Map<string, string>();
  const unsure: string[] = [];
  for (const one of all) {
    if (one.path === "C" || one.alias === "." || one.alias === "_") continue;
    const name = one.alias ?? packageNames(one.path);
    if (name === undefined) unsure.push(one.path);
    else named.set(name, one.path);
  }
  if (unsure.length > 0) guessNames({ tree, unsure, named });
  return {
    all,
    named,
    dots: all.filter((one) => one.alias === ".").map((one) => one.path),
    cgo: all.some((one) => one.path === "C"),
    guessed: unsure.length > 0,
  };
}

/** What the file imports, in source order. */
export function importPaths(tree: FlatTree): string[] {
  return importSpecs(tree).flatMap((spec) => importOf(tree, spec).map(({ path }) => path));
}

/** Whether the file imports "C": it is then in builds with cgo only. */
export function importsC(tree: FlatTree): boolean {
  return importSpecs(tree).some((spec) => text(tree, childByField(tree, spec, F.path)) === '"C"');
}

function importSpecs(tree: FlatTree): Node[] {
  return childrenOfKind(tree, 0, K.import_declaration).flatMap((declaration) => {
    const list = childOfKind(tree, declaration, K.import_spec_list);
    return childrenOfKind(tree, list < 0 ? declaration : list, K.import_spec);
  });
}

function importOf(tree: FlatTree, spec: Node): ImportFacts[] {
  const pathNode = childByField(tree, spec, F.path);
  const path = pathNode < 0 ? undefined : stringValue(text(tree, pathNode));
  if (path === undefined) return [];
  const alias = childByField(tree, spec, F.name);
  const place = placeOf(tree.source, start(tree, pathNode));
  return [{ path, ...(alias >= 0 && { alias: text(tree, alias) }), line: place.line, column: place.column }];
}

interface Guess {
  readonly tree: FlatTree;
  readonly unsure: readonly string[];
  readonly named: Map<string, string>;
}

/**
 * Names imports whose package clause we do not have. Of the likely names the first that
 * the file uses before a dot wins. A path left over, and a name used but not explained,
 * go together if there is exactly one of each.
 */
function guessNames({ tree, unsure, named }: Guess): void {
  const used = qualifiers(tree);
  const left = unsure.filter((path) => {
    const name = likelyNames(path).find((likely) => used.has(likely) && !named.has(likely));
    if (name !== undefined) named.set(name, path);
    return name === undefined;
  });
  for (const path of left) {
    const last = path.split("/").pop()?.toLowerCase() ?? "";
    const fits = [...used].filter((name) => !named.has(name) && last.includes(name.toLowerCase()));
    const name = fits.length === 1 ? fits[0] : undefined;
    named.set(name ?? likelyNames(path)[0] ?? path, path);
  }
}

/** Every identifier that stands directly before a dot. Linear in the tree. */
function qualifiers(tree: FlatTree): Set<string> {
  const names = new Set<string>();
  for (let node = 0; node < tree.count; node++) {
    const of = kind(tree, node);
    const operand =
      of === K.selector_expression
        ? childByField(tree, node, F.operand)
        : of === K.qualified_type
          ? childByField(tree, node, F.package)
          : -1;
    if (operand >= 0 && [K.identifier, K.package_identifier].includes(kind(tree, operand)))
      names.add(text(tree, operand));
  }
  return names;
}
