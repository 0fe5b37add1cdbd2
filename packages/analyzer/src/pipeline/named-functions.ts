/**
 * Which functions of other modules something may lead to, guessed by words before anything is parsed: those that
 * the module names, initialisers of variables, and functions that this is true of. What it misses costs time
 * and no answers: whoever links notices.
 */
import { append } from "../link/declarations.ts";
import { groupBy } from "../model/grouping.ts";
import { decodeSource } from "../syntax/index.ts";
import type { PackageSource } from "./package-source.ts";

/**
 * Of a package of other modules the names of such functions, and methods as `T.M`, sorted; undefined if all may as well be compiled, as of the module's own.
 * Linear in the texts.
 */
export function namedFunctions(
  own: readonly PackageSource[],
  others: readonly PackageSource[],
): (source: PackageSource) => Promise<readonly string[] | undefined> {
  const among = new Set(others);
  let found: Promise<ReadonlyMap<PackageSource, readonly string[]>> | undefined;
  // Read when the first of them is compiled: often none is.
  return async (source) =>
    among.has(source) ? (await (found ??= findNamed(own, others))).get(source) : undefined;
}

/** A part of a file of another module: a function or method, a declaration of variables, or one of types. */
interface Part extends InFile {
  /** Empty of variables and types. */
  readonly name: string;
  /** The types that it declares, or the one that it is a method of. */
  readonly types: readonly string[];
  /** A declaration of types: it runs nothing, but what it names has values. */
  readonly isType: boolean;
}

/** Whether it is an initialiser of variables, or an init function. */
function runsFirst({ name, types }: Part): boolean {
  return types.length === 0 && (name === "" || name === "init");
}

interface InFile {
  readonly source: PackageSource;
  readonly text: string;
  /** Import paths by the names that the file has for them. */
  readonly imports: ReadonlyMap<string, string>;
  /** Those of these names that may be something else somewhere in the file. */
  readonly hidden: ReadonlySet<string>;
  /** Of which packages the names stand there without a dot: its own, and those that it imports so. */
  readonly open: readonly string[];
}

async function findNamed(
  own: readonly PackageSource[],
  others: readonly PackageSource[],
): Promise<ReadonlyMap<PackageSource, readonly string[]>> {
  const names = new Map([...own, ...others].map(({ path, name }) => [path, name]));
  const parts = (await filesOf(others, names)).flatMap(partsOf);
  const search = createSearch(parts);
  for (const part of parts) if (runsFirst(part)) search.keep(part);
  for (const name of calledBack) search.select(name);
  for (const file of await filesOf(own, names)) search.walk(file);
  // The set grows while it is walked.
  for (const part of search.kept) search.walk(part);
  const ofSource = groupBy(
    parts.filter(({ isType }) => !isType),
    ({ source }) => source,
  );
  return new Map(
    others.flatMap((source) => {
      const all = ofSource.get(source) ?? [];
      const kept = all.filter((part) => search.kept.has(part));
      const found = [...new Set(kept.flatMap(wantedName))].sort();
      return lengthOf(kept) > wholeShare * lengthOf(all) ? [] : [[source, found] as const];
    }),
  );
}

function wantedName({ name, types: [receiver], isType }: Part): string[] {
  if (isType) return [];
  return [receiver === undefined ? name : `${receiver}.${name}`];
}

/** Where more than this share of the text is named, all is compiled: that takes little longer than once more. */
const wholeShare = 0.9;

function lengthOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { text }) => sum + text.length, 0);
}

interface Search {
  readonly kept: ReadonlySet<Part>;
  readonly keep: (part: Part) => void;
  /** Something may call a method of that name of any type that is named. */
  readonly select: (name: string) => void;
  /** Takes the words of a text. */
  readonly walk: (file: InFile) => void;
}

function createSearch(parts: readonly Part[]): Search {
  const byName = groupBy(
    parts.filter(({ isType, types }) => isType || types.length === 0),
    ({ source, name }) => `${source.path} ${name}`,
  );
  const methods = parts.filter(({ isType, types }) => !isType && types.length > 0);
  const byMethod = groupBy(methods, ({ name }) => name);
  const ofType = new Map<string, Part[]>();
  for (const part of parts)
    for (const type of part.types) append(ofType, `${part.source.path} ${type}`, part);
  const [kept, selected, named] = [new Set<Part>(), new Set<string>(), new Set<string>()];
  const keep = (part: Part) => {
    kept.add(part);
  };
  const select = (name: string) => {
    if (selected.has(name)) return;
    selected.add(name);
    for (const part of byMethod.get(name) ?? []) if (isNamed(part)) keep(part);
  };
  const isNamed = ({ source, types }: Part) => types.some((type) => named.has(`${source.path} ${type}`));
  /** Something may run that has the name, or have values of its type: of types also the methods are kept that something calls. */
  const mention = (path: string, word: string) => {
    const key = `${path} ${word}`;
    if (named.has(key)) return;
    named.add(key);
    for (const part of byName.get(key) ?? []) keep(part);
    for (const part of ofType.get(key) ?? []) if (part.isType || selected.has(part.name)) keep(part);
  };
  const walk = ({ text, imports, hidden, open }: InFile) => {
    let [before, end] = ["", 0];
    for (const { index, 0: token, 1: dot, 2: word } of text.matchAll(words)) {
      if (word === undefined) continue;
      const [qualifier, isNext] = [before, end === index];
      before = dot === undefined ? word : "";
      end = index + token.length;
      const path = dot !== undefined && isNext ? imports.get(qualifier) : undefined;
      if (path !== undefined) mention(path, word);
      if (dot === undefined) for (const own of open) mention(own, word);
      else if (path === undefined || hidden.has(qualifier)) select(word);
    }
  };
  return { kept, keep, select, walk };
}

async function filesOf(
  sources: readonly PackageSource[],
  names: ReadonlyMap<string, string>,
): Promise<InFile[]> {
  const files: InFile[] = [];
  for (const source of sources) {
    for (const { file } of source.files) {
      const { text } = decodeSource(file.name, await file.read());
      const { open, ...rest } = importsIn(text, names);
      files.push({ source, text, ...rest, open: [source.path, ...open] });
    }
  }
  return files;
}

function importsIn(text: string, names: ReadonlyMap<string, string>): Omit<InFile, "source" | "text"> {
  const imports = new Map<string, string>();
  const open = new Set<string>();
  const end = text.search(/^(?:func|var|const|type)\b/m);
  const head = end < 0 ? text.length : end;
  for (const [, alias, path = ""] of text.slice(0, head).matchAll(importLine))
    if (alias !== ".") imports.set(alias ?? names.get(path) ?? path, path);
    else if (names.has(path) && open.size < openLimit) open.add(path);
  return { imports, open: [...open], hidden: new Set(withoutDot(text.slice(head), [...imports.keys()])) };
}

/** Imports with a dot in a file. */
const openLimit = 20;

/** Those of the words that are in a text without a dot behind them. */
function withoutDot(text: string, all: readonly string[]): readonly string[] {
  const one = all.filter((word) => /^\w+$/.test(word)).join("|");
  return one === "" ? [] : (text.match(new RegExp(`\\b(?:${one})\\b(?!\\.)`, "g")) ?? []);
}

const importLine = /^[ \t]*(?:import[ \t]+)?(?:([^\s"`/]+)[ \t]+)?["`]([^"`\n]+)["`]/gm;

/** Comments, strings and runes, or a word with the dot in front of it, if there is one. */
const words =
  /\/\/.*|\/\*[^]*?(?:\*\/|$)|"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|'[^'\\\n]*(?:\\.[^'\\\n]*)*'?|`[^`]*`?|(\.\s*)?\b([A-Za-z_\x80-\uffff][\w\x80-\uffff]*)/g;

/** A file as gofmt lays it out, cut where a declaration begins a line. Constants name nothing that matters. */
function partsOf({ text, ...file }: InFile): Part[] {
  return text.split(/^(?=(?:func|var|const|type)\b)/m).flatMap((part): Part[] => {
    const { receiver, name } = headOf(part);
    const isType = part.startsWith("type");
    if (name === "" && !isType && !part.startsWith("var")) return [];
    const types = isType ? declaredTypes(part) : receiver === undefined ? [] : [receiver];
    return [{ ...file, name, types, isType, text: part }];
  });
}

/** The name of a function, and of the type that it is a method of; both are cut from the text before the body. */
function headOf(part: string): { readonly receiver?: string; readonly name: string } {
  if (!part.startsWith("func")) return { name: "" };
  const head = part.slice("func".length, headLimit).trimStart();
  const end = head.startsWith("(") ? head.indexOf(")") : -1;
  const [name = ""] = head
    .slice(end + 1)
    .trimStart()
    .split(/[\s([]/, 1);
  const [type = ""] = head.slice(1, Math.max(end, 1)).split("[", 1);
  const receiver = type.split(/[\s.*(]+/).at(-1);
  return receiver ? { receiver, name } : { name };
}

/** Characters of a function up to its name that are looked at. */
const headLimit = 2000;

/** The names of the types of a declaration, or of a group of them. */
function declaredTypes(part: string): string[] {
  return Array.from(part.matchAll(/^(?:type[ \t]+|\t)([^\s()[\]*={}]+)[ \t[]/gm), ([, name = ""]) => name);
}

/** Methods that the standard library calls of what it is given. */
const calledBack: readonly string[] = `
  Error Unwrap Is As String GoString Format Timeout Temporary Len Less Swap Push Pop Lock Unlock Set
  Get Scan Value Next Read Write Close Seek ReadAt WriteAt ReadFrom WriteTo WriteString ReadByte
  UnreadByte ReadRune UnreadRune WriteByte Flush Sync MarshalJSON UnmarshalJSON MarshalText
  UnmarshalText AppendText MarshalBinary UnmarshalBinary MarshalXML UnmarshalXML GobEncode GobDecode
  ServeHTTP RoundTrip Header WriteHeader Open Stat Name Size Mode IsDir Deadline Done Err Accept Addr
  Network LocalAddr RemoteAddr Handle Enabled Visit
`
  .trim()
  .split(/\s+/);
