/**
 * Which functions of other modules something may lead to, guessed by words before anything is parsed: those that
 * the module names, initialisers of variables, and functions that this is true of. What it misses costs time
 * and no answers: whoever links notices.
 */
import { groupBy } from "../model/grouping.ts";
import { decodeSource } from "../syntax/index.ts";
import type { PackageSource } from "./package-source.ts";

/** Of a package of other modules the names of such functions, sorted; undefined of the module's own. Linear in the texts. */
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

/** A function or method of another module, or what is no function. */
interface Part extends InFile {
  /** Empty of what is no function. */
  readonly name: string;
  readonly isMethod: boolean;
  /** A declaration of types: it runs nothing, but what it names has values. */
  readonly isType: boolean;
}

interface InFile {
  readonly source: PackageSource;
  readonly text: string;
  /** Import paths by the names that the file has for them. */
  readonly imports: ReadonlyMap<string, string>;
}

async function findNamed(
  own: readonly PackageSource[],
  others: readonly PackageSource[],
): Promise<ReadonlyMap<PackageSource, readonly string[]>> {
  const names = new Map([...own, ...others].map(({ path, name }) => [path, name]));
  const parts = (await filesOf(others, names)).flatMap(partsOf);
  const search = createSearch(parts);
  for (const part of parts) if (!part.isType && (part.name === "" || part.name === "init")) search.keep(part);
  for (const name of calledBack) search.select(name);
  for (const file of await filesOf(own, names)) search.walk(file);
  // The set grows while it is walked.
  for (const part of search.kept) search.walk(part);
  const found = new Map(others.map((source) => [source, new Set<string>()]));
  for (const { source, name } of search.kept) found.get(source)?.add(name);
  return new Map([...found].map(([source, all]) => [source, [...all].sort()]));
}

interface Search {
  readonly kept: ReadonlySet<Part>;
  readonly keep: (part: Part) => void;
  /** Something may call a function or method of that name in any package that is used. */
  readonly select: (name: string) => void;
  /** Something is named of the package outside of it, or runs: without that there are no values with its methods. */
  readonly use: (path: string) => void;
  /** Takes the words of a text. */
  readonly walk: (file: InFile) => void;
}

function createSearch(parts: readonly Part[]): Search {
  const inPackage = groupBy(
    parts.filter(({ isMethod }) => !isMethod),
    ({ source, name }) => `${source.path} ${name}`,
  );
  const byName = groupBy(parts, ({ name }) => name);
  const byPath = groupBy(parts, ({ source }) => source.path);
  const [kept, selected, used] = [new Set<Part>(), new Set<string>(), new Set<string>()];
  const keep = (part: Part) => {
    kept.add(part);
    if (part.name !== "" && part.name !== "init") use(part.source.path);
  };
  const select = (name: string) => {
    if (selected.has(name)) return;
    selected.add(name);
    for (const part of byName.get(name) ?? []) if (used.has(part.source.path)) keep(part);
  };
  const use = (path: string) => {
    if (used.has(path)) return;
    used.add(path);
    for (const part of byPath.get(path) ?? []) {
      if (part.isType) useNamed(part);
      else if (selected.has(part.name)) keep(part);
    }
  };
  const useNamed = ({ text, imports }: InFile) => {
    for (const [, dot, word = ""] of text.matchAll(words)) {
      const path = dot === "." ? undefined : imports.get(word);
      if (path !== undefined) use(path);
    }
  };
  const walk = ({ source, text, imports }: InFile) => {
    for (const [, dot, word] of text.matchAll(words)) {
      if (word === undefined) continue;
      if (dot === ".") {
        select(word);
        continue;
      }
      const path = imports.get(word);
      if (path !== undefined) use(path);
      for (const part of inPackage.get(`${source.path} ${word}`) ?? []) keep(part);
    }
  };
  return { kept, keep, select, use, walk };
}

async function filesOf(
  sources: readonly PackageSource[],
  names: ReadonlyMap<string, string>,
): Promise<InFile[]> {
  const files: InFile[] = [];
  for (const source of sources) {
    for (const { file } of source.files) {
      const { text } = decodeSource(file.name, await file.read());
      files.push({ source, text, imports: importsIn(text, names) });
    }
  }
  return files;
}

function importsIn(text: string, names: ReadonlyMap<string, string>): Map<string, string> {
  const imports = new Map<string, string>();
  const end = text.search(/^(?:func|var|const|type)\b/m);
  for (const [, alias, path = ""] of text.slice(0, end < 0 ? text.length : end).matchAll(importLine))
    imports.set(alias ?? names.get(path) ?? path, path);
  return imports;
}

const importLine = /^[ \t]*(?:import[ \t]+)?(?:([^\s"`/]+)[ \t]+)?["`]([^"`\n]+)["`]/gm;

/** Comments, strings and runes, or a word with the dot in front of it, if there is one. */
const words =
  /\/\/.*|\/\*[^]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`|(\.?)\b([A-Za-z_\x80-\uffff][\w\x80-\uffff]*)/g;

/** A file as gofmt lays it out, cut where a declaration begins a line. Constants name nothing that matters. */
function partsOf({ text, ...file }: InFile): Part[] {
  return text.split(/^(?=(?:func|var|const|type)\b)/m).flatMap((part): Part[] => {
    const [, receiver, name = ""] = /^func\s*(\([^)]*\)\s*)?([^\s([]+)/.exec(part) ?? [];
    const isType = part.startsWith("type");
    if (name === "" && !isType && !part.startsWith("var")) return [];
    return [{ ...file, name, isMethod: receiver !== undefined, isType, text: part }];
  });
}

/** Methods that the standard library calls of what it is given. */
const calledBack: readonly string[] = `
  Error Unwrap Is As String GoString Format Timeout Temporary Len Less Swap Push Pop Lock Unlock Set
  Get Scan Value Next Read Write Close Seek ReadAt WriteAt ReadFrom WriteTo WriteString ReadByte
  UnreadByte ReadRune UnreadRune WriteByte Flush Sync MarshalJSON UnmarshalJSON MarshalText
  UnmarshalText AppendText MarshalBinary UnmarshalBinary MarshalXML UnmarshalXML GobEncode GobDecode
  ServeHTTP RoundTrip Header WriteHeader Open Stat Name Size Mode IsDir Deadline Done Err Accept Addr
  Network LocalAddr RemoteAddr Handle Enabled
`
  .trim()
  .split(/\s+/);
