/** What `//go:linkname` directives tie to what. */
import type { DirectiveFacts, FileFacts, FunctionFacts, PackageFacts, UseFacts } from "../model/facts.ts";

/** A `//go:linkname` directive about a function, in whichever file of its package it stands. */
export interface Linkname {
  readonly directive: DirectiveFacts;
  /** Of the directive's file. */
  readonly builds: string;
}

/** The directives of a package by the id of the function that they are about. */
export type Linknames = ReadonlyMap<string, readonly Linkname[]>;

/** Indexes the linkname directives of a package. Malformed ones, without a local name, are left out. */
export function indexLinknames(pkg: PackageFacts): Linknames {
  const index = new Map<string, Linkname[]>();
  for (const directive of pkg.directives) {
    const [local] = words(directive);
    if (directive.kind !== "linkname" || local === undefined) continue;
    const id = `${pkg.path}.${local}`;
    // Facts number the files of their own package.
    const { builds } = pkg.files[directive.file] as FileFacts;
    const known = index.get(id);
    if (known === undefined) index.set(id, [{ directive, builds }]);
    else known.push({ directive, builds });
  }
  return index;
}

/** The use of a name by a directive. */
export interface LinknameUse extends UseFacts {
  readonly target: Extract<UseFacts["target"], { readonly kind: "qualified" }>;
}

/** A function without a body uses what `//go:linkname local target` ties it to, where there is a target. */
export function linknameUse(fn: FunctionFacts, { directive, builds }: Linkname): LinknameUse | undefined {
  const remote = fn.bodiless ? remoteName(directive) : undefined;
  if (remote === undefined) return undefined;
  return {
    target: { kind: "qualified", ...remote },
    use: "reference",
    builds,
    ...linknamePlace(fn, directive),
  };
}

/** Where a function is tied to another name: at the directive. */
export function linknamePlace(
  fn: FunctionFacts,
  { file, line, column }: DirectiveFacts,
): { readonly file?: number; readonly line: number; readonly column: number } {
  return file === fn.file ? { line, column } : { file, line, column };
}

/** The package and name that a directive's second word names; undefined without one. */
export function remoteName(
  directive: DirectiveFacts,
): { readonly package: string; readonly name: string } | undefined {
  const [, remote] = words(directive);
  if (remote === undefined) return undefined;
  const dot = remote.indexOf(".", remote.lastIndexOf("/"));
  return { package: remote.slice(0, Math.max(dot, 0)), name: remote.slice(dot + 1) };
}

/** White space as Go has it: JavaScript's differs in two characters. */
const space = /[\t-\r\u0085\p{Z}]+/u;

function words({ text }: DirectiveFacts): string[] {
  return text.split(space).filter((word) => word !== "");
}
