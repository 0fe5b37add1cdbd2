/**
 * The outline of a package: the texts of its declarations, and which facts were made of which function. What a later
 * version of the package has as well is told from it (see `unchanged.ts`). Not in it are comments and white space between
 * declarations, and what nothing can be called by: init functions, blank names.
 */
import {
  type Declaration,
  declaredBy,
  isInit,
  type PackageScope,
  topLevel,
} from "../declare/package-scope.ts";
import { groupBy } from "../model/grouping.ts";
import { childByField, end, F, type FlatTree, K, kind, type Node, placeOf, start } from "../syntax/index.ts";

/** Plain. */
export interface PackageOutline {
  /** What is known of the package whatever its files are, as JSON. */
  readonly identity: string;
  readonly files: readonly FileOutline[];
}

export interface FileOutline {
  readonly name: string;
  readonly builds: string;
  readonly test: boolean;
  /** Names for imports with the paths that they stand for; `.` and `C` among them. */
  readonly imports: readonly (readonly [name: string, path: string])[];
  /** Some of these names depend on bodies. */
  readonly guessed: boolean;
  /** In source order. */
  readonly declarations: readonly DeclarationOutline[];
}

export interface DeclarationOutline {
  /** What it declares; of a method its name, and its receiver's type as it is written and as it is meant. */
  readonly names: readonly string[];
  /** Its text, of a function that without the body. */
  readonly head: string;
  /** Of a function, with the braces. */
  readonly body?: string;
  /** Where it begins in its line. */
  readonly column: number;
  /** Of a function what was made of it, of variables what of each initialiser; absent where that is not of this text alone. */
  readonly made?: readonly MadeFacts[];
}

/** What compiling a function or an initialiser gave. */
export interface MadeFacts {
  /** The place of its facts among the functions of the package; behind it stand those of the closures in it. */
  readonly first: number;
  readonly count: number;
  /** Of a variable: its place among the names of the package. */
  readonly name?: number;
  /** What it added to the numbers of these names in the facts. */
  readonly callSites: number;
  readonly dynamic: number;
  readonly unresolved: number;
  /** Fields that were moved one by one. */
  readonly fields: number;
}

export interface OutlinedFile {
  readonly outline: FileOutline;
  /** For each of its declarations the nodes of what is compiled: the function, or the specs of variables. None if what is made of them is not of this text alone. */
  readonly compiled: readonly (readonly Node[])[];
}

/** The files of a package as outlines, before they are compiled. Linear. */
export function outlineFiles({ files, imports, functions }: PackageScope): OutlinedFile[] {
  const byFile = groupBy(functions, ({ file }) => file);
  return files.map(({ tree, builds, test }, file) => {
    const {
      named = new Map<string, string>(),
      dots = [],
      cgo = false,
      guessed = false,
    } = imports[file] ?? {};
    const special = [...dots.map((path) => [".", path] as const), ...(cgo ? [["C", "C"] as const] : [])];
    const meant = groupBy(byFile.get(file) ?? [], ({ node }) => node);
    const declarations: DeclarationOutline[] = [];
    const compiled: Node[][] = [];
    const top = topLevel(tree);
    const withTypes = typesInside(tree, top);
    for (const node of top) {
      const all = [...declaredBy(tree, node, file), ...(meant.get(node) ?? [])];
      const names = new Set(all.flatMap(namesOf));
      if (names.size === 0) continue;
      const isPlain = !withTypes.has(node) && (meant.get(node) ?? []).length < 2;
      declarations.push({ names: [...names], ...declarationText(tree, node) });
      compiled.push(isPlain ? [...new Set(all.flatMap(compiledNodes))] : []);
    }
    return {
      outline: {
        name: tree.source.file,
        builds,
        test,
        imports: [...named, ...special],
        guessed,
        declarations,
      },
      compiled,
    };
  });
}

/** Those that something can be called by. */
function namesOf(one: Declaration): string[] {
  const receiver = one.kind === "function" ? one.receiver?.type : undefined;
  const isNone = one.name === "_" || (one.kind === "function" && isInit(one));
  return [...(isNone ? [] : [one.name]), ...(receiver === undefined ? [] : [receiver])];
}

function compiledNodes(one: Declaration): Node[] {
  return one.kind === "function" || (one.kind === "variable" && one.first) ? [one.node] : [];
}

function declarationText(tree: FlatTree, node: Node): Pick<DeclarationOutline, "head" | "body" | "column"> {
  const { source } = tree;
  const [from, to] = [start(tree, node), end(tree, node)];
  const { column } = placeOf(source, from);
  const body = isFunction(tree, node) ? childByField(tree, node, F.body) : -1;
  if (body < 0) return { head: source.text.slice(from, to), column };
  const [open, close] = [start(tree, body), end(tree, body)];
  const head = source.text.slice(from, open) + source.text.slice(close, to);
  return { head, body: source.text.slice(open, close), column };
}

function isFunction(tree: FlatTree, node: Node): boolean {
  return kind(tree, node) === K.function_declaration || kind(tree, node) === K.method_declaration;
}

/** The declarations inside of which types are declared: these share their names. */
function typesInside(tree: FlatTree, declarations: readonly Node[]): ReadonlySet<Node> {
  const offsets: number[] = [];
  const top = new Set(declarations);
  for (let node = 0; node < tree.count; node++)
    if (tree.kinds[node] === K.type_declaration && !top.has(node)) offsets.push(start(tree, node));
  const found = new Set<Node>();
  offsets.sort((a, b) => a - b);
  let next = 0;
  for (const node of declarations) {
    while ((offsets[next] ?? Infinity) < start(tree, node)) next++;
    if ((offsets[next] ?? Infinity) < end(tree, node)) found.add(node);
  }
  return found;
}
