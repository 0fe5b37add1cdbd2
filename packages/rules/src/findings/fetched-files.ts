/** Files that commands of a shell line fetch, and whether later ones run them. */
import { isShell, nameOf, type Program, programOf, scriptOf } from "./shell-programs.ts";
import type { Command, Pipeline } from "./shell-words.ts";

/** Programs that fetch to a file: before its name, and where they name it as the address does. */
const fetchers = new Map<string, { readonly named: RegExp; readonly asAddress: RegExp | "always" }>(
  Object.entries({
    curl: {
      named: /^(?:-[a-zA-Z]*o|--output(?:=|$))/u,
      asAddress: /^(?:-[a-zA-NP-Z]*O[a-zA-Z]*|--remote-name(?:-all)?)$/u,
    },
    wget: { named: /^(?:-[a-zA-Z]*O|--output-document(?:=|$))/u, asAddress: "always" },
    aria2c: { named: /^(?:-o|--out(?:=|$))/u, asAddress: "always" },
    fetch: { named: /^-[a-z]*o/u, asAddress: "always" },
    tftp: { named: /^-[lr]/u, asAddress: "always" },
    ftp: { named: /^-o/u, asAddress: "always" },
    ftpget: { named: /^-o/u, asAddress: "always" },
  }),
);

/** Whether a command has a program that fetches, which is given something. */
export function fetches({ words }: Command): boolean {
  return words.some((one, at) => at < words.length - 1 && /^(?:curl|wget)$/u.test(nameOf(one.text)));
}

/**
 * What becomes of files that are fetched to, or written with what is decoded, in pipelines in their order: the first that is run, or
 * may be run from then on. After an archive is unpacked that was fetched, whatever may be of it.
 */
export function runsFetchedFile(pipelines: readonly Pipeline[]): "fetched" | "decoded" | undefined {
  const files = createFiles();
  let isUnpacked = false;
  for (const pipeline of pipelines) {
    let isFetched = false;
    for (const command of pipeline.flat()) {
      const program = programOf(command);
      const run = program === undefined ? [] : filesRun(command, program);
      const found = run.map(files.whatIs).find((one) => one !== undefined);
      if (found !== undefined) return found;
      if (isUnpacked && run.some((one) => liesBeside(one, command, program))) return "fetched";
      for (const name of fetchedTo(command)) files.put(name, "fetched");
      isFetched ||= fetches(command);
      if (isFetched) for (const name of writtenBy(command, program)) files.put(name, "fetched");
      if (program === undefined) continue;
      isUnpacked ||=
        unpacks(program) && (isFetched || program.given.some(({ text }) => files.whatIs(text) !== undefined));
      const [from, to] = movedBy(program);
      const moved = from === undefined ? undefined : files.whatIs(from);
      if (moved !== undefined && to !== undefined) files.put(to, moved);
      const decoded = program.name === "certutil" && decodedTo(program);
      if (decoded) files.put(decoded, "decoded");
    }
  }
  return undefined;
}

function unpacks({ name, given }: Program): boolean {
  if (/^(?:g|bsd)?tar$/u.test(name))
    return given.some(({ text }) => /^(?:-?[a-z]*x|--(?:extract|get)$)/iu.test(text));
  return /^(?:unzip|7za?|cpio|unrar|ar|dpkg-deb)$/u.test(name);
}

/** Whether what is run may be of an archive: a path below the folder or a temporary one, or the script of an interpreter. */
function liesBeside(run: string, command: Command, program: Program | undefined): boolean {
  if (/^(?:\.{1,2}\/|[\w.-]+\/|\/(?:tmp|var\/tmp|dev\/shm)\/)/u.test(run)) return true;
  return program !== undefined && scriptOf(command, program)?.kind === "file";
}

interface Files {
  readonly put: (path: string, what: "fetched" | "decoded") => void;
  readonly whatIs: (path: string) => "fetched" | "decoded" | undefined;
}

/** By their names, since commands may change the folder between; two paths that are whole are of one file only if they are the same. */
function createFiles(): Files {
  const files = new Map<string, { readonly path: string; readonly what: "fetched" | "decoded" }>();
  const isWhole = (path: string) => path.startsWith("/");
  return {
    put: (path, what) => files.set(fileName(path), { path, what }),
    whatIs: (path) => {
      const found = files.get(fileName(path));
      const isOther = found !== undefined && isWhole(found.path) && isWhole(path) && found.path !== path;
      return isOther ? undefined : found?.what;
    },
  };
}

/** Without folders, and what is behind an address. */
function fileName(path: string): string {
  return path.replace(/[?#].*$/su, "").replace(/^.*[/\\]/su, "");
}

/** Files that a command fetches to. */
function fetchedTo({ words }: Command): readonly string[] {
  const at = words.findIndex(({ text }) => fetchers.has(nameOf(text)));
  const fetcher = fetchers.get(nameOf(words[at]?.text ?? ""));
  if (fetcher === undefined) return [];
  const named: string[] = [];
  const plain: string[] = [];
  const { asAddress } = fetcher;
  let isAsAddress = asAddress === "always";
  for (let next = at + 1; next < words.length; next++) {
    const text = words[next]?.text ?? "";
    const flag = fetcher.named.exec(text)?.[0];
    if (flag !== undefined)
      named.push(text.length > flag.length ? text.slice(flag.length) : (words[++next]?.text ?? "-"));
    else if (text.startsWith("-")) isAsAddress ||= asAddress !== "always" && asAddress.test(text);
    else plain.push(text);
  }
  const all =
    isAsAddress && (named.length === 0 || nameOf(words[at]?.text ?? "") !== "wget")
      ? [...named, ...plain]
      : named;
  return all.filter((one) => one !== "-" && fileName(one) !== "");
}

/** Files into which a command puts what it reads. */
export function writtenBy({ redirects }: Command, program: Program | undefined): readonly string[] {
  const into = redirects.filter(({ operator }) => /^(?:>|>>|>\||&>)$/u.test(operator));
  const tee = program?.name === "tee" ? program.given : [];
  return [...into.map(({ file }) => file.text), ...tee.map(({ text }) => text)].filter(
    (one) => !/^(?:-.*|\/dev\/null)$/su.test(one),
  );
}

function movedBy({ name, given }: Program): readonly (string | undefined)[] {
  if (!/^(?:mv|cp|ln|install)$/u.test(name) || given.length < 2) return [];
  return [given.at(-2)?.text, given.at(-1)?.text];
}

/** Where `certutil -decode` writes. */
function decodedTo({ given }: Program): string | undefined {
  return given.some(({ text }) => /^[-/]decode(?:hex)?$/iu.test(text)) ? given.at(-1)?.text : undefined;
}

const toRun = /^(?:[ugoa]*[-+=,ugoarwst]*[+=][rwst]*[xX]|0?[0-7]?[0-7]*[1357][0-7]{2}|0?[0-7]{2}[1357])$/u;

/** Files that a command runs, or makes such that they can be. */
function filesRun(command: Command, program: Program): readonly string[] {
  const { name, word, given } = program;
  if (name === "chmod" && given.some(({ text }) => toRun.test(text)))
    return given.filter(({ text }) => !toRun.test(text)).map(({ text }) => text);
  if (name === "." || name === "source") return given.slice(0, 1).map(({ text }) => text);
  const script = scriptOf(command, program);
  if (script?.kind === "file") return [script.word.text];
  // What a shell is given as code may be the name of a file.
  if (script?.kind === "code" && isShell(program)) return [script.word.text];
  return [word.text];
}
