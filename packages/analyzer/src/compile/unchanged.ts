/**
 * Which functions and initialisers of a package mean what they meant in an earlier version of it. What one means is decided by
 * its own text and by what the names in it stand for: declarations of the package without the bodies of functions, imports, and
 * whatever these name in turn. So it is as it was if its text is, and if it names nothing that was added, removed
 * or changed, nor anything in whose declaration such a name stands, however far inside. Words count as names wherever they
 * stand, in comments too. All is changed where that is not enough: other files, an order that differs, dot imports.
 * Linear in the texts.
 */
import { type Node, wordsOf } from "../syntax/index.ts";
import type { DeclarationOutline, FileOutline, MadeFacts, OutlinedFile, PackageOutline } from "./outline.ts";

/** By file and node the functions and initialisers that are as they were, with what was made of them. */
export type Unchanged = readonly ReadonlyMap<Node, MadeFacts>[];

interface Compared {
  /** The declarations of the file, and those that they were. */
  readonly declarations: readonly (readonly [
    now: DeclarationOutline,
    before: DeclarationOutline | undefined,
  ])[];
  /** Names that another import stands behind. */
  readonly imports: ReadonlySet<string>;
}

/** Undefined if all may be changed. */
export function unchangedFunctions(
  before: PackageOutline,
  identity: string,
  now: readonly OutlinedFile[],
): Unchanged | undefined {
  if (before.identity !== identity || before.files.length !== now.length) return undefined;
  const changed = new Set<string>();
  const compared: Compared[] = [];
  for (const [index, { outline }] of now.entries()) {
    const earlier = before.files[index];
    if (earlier === undefined || !isSameFile(earlier, outline)) return undefined;
    const imports = changedImports(earlier, outline);
    const declarations = pairs(earlier.declarations, outline.declarations, changed);
    if (declarations === undefined || imports.has(".") || imports.has("C")) return undefined;
    compared.push({ imports, declarations });
  }
  spread(compared, changed);
  return now.map(({ compiled }, index) => {
    const { declarations = [], imports = changed } = compared[index] ?? {};
    const found = new Map<Node, MadeFacts>();
    declarations.forEach(([one, earlier], place) => {
      const nodes = compiled[place] ?? [];
      const made = (earlier && madeBefore(one, earlier)) ?? [];
      if (made.length !== nodes.length || [changed, imports].some((names) => mentionsAny(one, names))) return;
      made.forEach((facts, part) => {
        const node = nodes[part];
        if (node !== undefined) found.set(node, facts);
      });
    });
    return found;
  });
}

function isSameFile(a: FileOutline, b: FileOutline): boolean {
  return a.name === b.name && a.builds === b.builds && a.test === b.test;
}

/** Names that do not stand for the same import in both. */
function changedImports(before: FileOutline, now: FileOutline): Set<string> {
  const [a, b] = [importWords(before), importWords(now)];
  return new Set([...a, ...b].filter(([key]) => !a.has(key) || !b.has(key)).map(([, name]) => name));
}

function importWords({ imports }: FileOutline): Map<string, string> {
  return new Map(imports.map(([name, path]) => [`${name} ${path}`, name]));
}

/** Each declaration with the one that it was; adds the names of those that are in one of the lists alone. Undefined if their order differs. */
function pairs(
  before: readonly DeclarationOutline[],
  now: readonly DeclarationOutline[],
  changed: Set<string>,
): Compared["declarations"] | undefined {
  const [inBefore, inNow] = [countByHead(before), countByHead(now)];
  const isInBoth = ({ head }: DeclarationOutline) => inBefore.get(head) === inNow.get(head);
  const rest = before.filter(isInBoth).values();
  const found: [DeclarationOutline, DeclarationOutline | undefined][] = [];
  for (const one of [...before, ...now]) if (!isInBoth(one)) for (const name of one.names) changed.add(name);
  for (const one of now) {
    const earlier = isInBoth(one) ? rest.next().value : undefined;
    if (isInBoth(one) && earlier?.head !== one.head) return undefined;
    found.push([one, earlier]);
  }
  return found;
}

function countByHead(declarations: readonly DeclarationOutline[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { head } of declarations) counts.set(head, (counts.get(head) ?? 0) + 1);
  return counts;
}

/** Adds the names of declarations in which changed ones stand, until there are no more. */
function spread(compared: readonly Compared[], changed: Set<string>): void {
  if (changed.size === 0 && compared.every(({ imports }) => imports.size === 0)) return;
  const byWord = new Map<string, DeclarationOutline[]>();
  const open: DeclarationOutline[] = [];
  for (const { declarations, imports } of compared) {
    for (const [one, earlier] of declarations) {
      for (const word of wordsOf(one.head)) {
        if (imports.has(word)) open.push(one);
        const list = byWord.get(word);
        if (list === undefined) byWord.set(word, [one]);
        else list.push(one);
      }
      // A receiver may mean another type than it did.
      if (earlier !== undefined && earlier.names.join() !== one.names.join()) open.push(earlier, one);
    }
  }
  const add = (names: readonly string[]) => {
    for (const name of names) changed.add(name);
  };
  for (const { names } of open) add(names);
  // The set grows while it is walked.
  for (const name of changed) for (const { names } of byWord.get(name) ?? []) add(names);
}

/** What was made of what a declaration was, if that has the same text. */
function madeBefore(now: DeclarationOutline, before: DeclarationOutline): DeclarationOutline["made"] {
  return before.body === now.body && before.column === now.column ? before.made : undefined;
}

function mentionsAny({ head, body = "" }: DeclarationOutline, names: ReadonlySet<string>): boolean {
  if (names.size === 0) return false;
  for (const word of wordsOf(`${head} ${body}`)) if (names.has(word)) return true;
  return false;
}
