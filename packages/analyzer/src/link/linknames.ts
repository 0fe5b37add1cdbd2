import type { DirectiveFacts, PackageFacts } from "../model/facts.ts";

/** `//go:linkname` directives by `file number` and the id of the function that they are about. */
export type Linknames = ReadonlyMap<string, readonly DirectiveFacts[]>;

/** Indexes the linkname directives of a package. Malformed ones, without a local name, are left out. */
export function indexLinknames(pkg: PackageFacts): Linknames {
  const index = new Map<string, DirectiveFacts[]>();
  for (const directive of pkg.directives) {
    const local = directive.text.split(/\s+/)[0] ?? "";
    if (directive.kind !== "linkname" || local === "") continue;
    const key = linknameKey(directive.file, `${pkg.path}.${local}`);
    index.set(key, [...(index.get(key) ?? []), directive]);
  }
  return index;
}

export function linknameKey(file: number, functionId: string): string {
  return `${file} ${functionId}`;
}

/** The package and name that a directive's second word names; undefined without one. */
export function remoteName({
  text,
}: DirectiveFacts): { readonly package: string; readonly name: string } | undefined {
  const remote = text.split(/\s+/)[1];
  if (remote === undefined) return undefined;
  const dot = remote.indexOf(".", remote.lastIndexOf("/") + 1);
  return { package: remote.slice(0, Math.max(dot, 0)), name: remote.slice(dot + 1) };
}
