/**
 * Reads a user's capability map, in the form of Capslock's: a line each, `#` starts a comment.
 *
 *     func NAME CAPABILITY            a function, by its name as SSA has it
 *     package PATH CAPABILITY         all functions of a package that have no line of their own
 *     unanalyzed NAME                 as func NAME UNANALYZED, but a func line of the same name counts
 *     ignore_edge CALLER CALLEE       the use of one function by another counts for nothing
 *     cgo_suffix SUFFIX               functions whose names end so are CGO
 *
 * CAPABILITY is `A` or `A/B`, also with `CAPABILITY_` in front where Capslock has that name. SAFE
 * stops the search, UNSPECIFIED makes it go on.
 */
import type { Capability } from "@capdiff/analyzer";
import { type Word, wordsOf } from "./map-words.ts";

/** A map that was read. */
export interface UserMap {
  /** What it is called in reports. */
  readonly name: string;
  readonly lines: readonly UserLine[];
}

interface Placed {
  readonly line: number;
  /** Of what it names: from 1, in bytes. */
  readonly column: number;
  readonly endColumn: number;
}

/** A line that was understood. */
export type UserLine = Placed &
  (
    | ({ readonly kind: "func" | "package"; readonly name: string } & Given)
    | { readonly kind: "unanalyzed" | "cgo_suffix"; readonly name: string }
    | { readonly kind: "ignore_edge"; readonly caller: string; readonly callee: string }
  );

/** What a line gives. */
interface Given {
  /** None: harmless. Undefined: not decided. */
  readonly capabilities: readonly Capability[] | undefined;
  readonly capabilityColumn: number;
  readonly capabilityEndColumn: number;
}

/** A line that is not as it must be. */
export interface MapMistake {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Reads a map. With any mistake it is not to be used: what was meant is not known. Linear in the text. */
export function parseUserMap(
  text: string,
  name: string,
): { readonly map: UserMap; readonly mistakes: readonly MapMistake[] } {
  const lines: UserLine[] = [];
  const mistakes: MapMistake[] = [];
  const firstLines = new Map<string, number>();
  text.split("\n").forEach((content, index) => {
    const words = wordsOf(content);
    const [keyword] = words;
    if (keyword === undefined) return;
    const line = index + 1;
    const read = readLine(words, line);
    if ("message" in read) {
      mistakes.push(read);
      return;
    }
    const key = JSON.stringify([read.kind, namesOf(read)]);
    const first = firstLines.get(key);
    if (first === undefined) lines.push(read);
    else
      mistakes.push({ line, column: read.column, message: `this ${read.kind} is on line ${first} already` });
    firstLines.set(key, first ?? line);
  });
  return { map: { name, lines }, mistakes };
}

/** What a line names: ids of functions, a path or a suffix. */
export function namesOf(line: UserLine): readonly string[] {
  return line.kind === "ignore_edge" ? [line.caller, line.callee] : [line.name];
}

type Keyword = UserLine["kind"];

/** What stands behind each keyword. */
const forms: Readonly<Record<Keyword, readonly string[]>> = {
  func: ["NAME", "CAPABILITY"],
  package: ["PATH", "CAPABILITY"],
  unanalyzed: ["NAME"],
  ignore_edge: ["CALLER", "CALLEE"],
  cgo_suffix: ["SUFFIX"],
};

function isKeyword(word: string): word is Keyword {
  return Object.hasOwn(forms, word);
}

function readLine(words: readonly Word[], line: number): UserLine | MapMistake {
  // A line without words is not read.
  const keyword = words[0] as Word;
  const kind = keyword.text;
  if (!isKeyword(kind)) {
    const message = `"${kind}" is no keyword: there are ${Object.keys(forms).join(", ")}`;
    return { line, column: keyword.column, message };
  }
  const given = words.slice(1);
  const wanted = forms[kind];
  const form = `the line must be ${kind} ${wanted.join(" ")}`;
  const more = given[wanted.length];
  if (more !== undefined) return { line, column: more.column, message: `a word too many: ${form}` };
  if (given.length < wanted.length) {
    // Behind what there is.
    const { endColumn } = words.at(-1) as Word;
    return { line, column: endColumn, message: `incomplete: ${form}` };
  }
  return lineOf(kind, given, line);
}

/** A line with as many words as its keyword wants. */
function lineOf(kind: Keyword, given: readonly Word[], line: number): UserLine | MapMistake {
  // No keyword wants fewer than one word, or more than two.
  const first = given[0] as Word;
  const last = given.at(-1) as Word;
  const placed = { line, column: first.column, endColumn: first.endColumn };
  switch (kind) {
    case "unanalyzed":
      return { ...placed, kind, name: functionName(first.text) };
    case "cgo_suffix":
      return { ...placed, kind, name: first.text };
    case "ignore_edge": {
      const [caller, callee] = [functionName(first.text), functionName(last.text)];
      return { ...placed, endColumn: last.endColumn, kind, caller, callee };
    }
    case "func":
    case "package": {
      const read = readCapability(last.text);
      if (typeof read === "string") return { line, column: last.column, message: read };
      const name = kind === "func" ? functionName(first.text) : first.text;
      const { column: capabilityColumn, endColumn: capabilityEndColumn } = last;
      return { ...placed, kind, name, ...read, capabilityColumn, capabilityEndColumn };
    }
    default:
      return kind satisfies never;
  }
}

/** A function's name without type arguments: all instances of a generic function are one. */
function functionName(written: string): string {
  let depth = 0;
  let name = "";
  for (const character of written) {
    if (character === "[") depth++;
    if (depth === 0) name += character;
    if (character === "]") depth--;
  }
  return depth === 0 ? name : written;
}

/** Names of Capslock's enum, without what they begin with. */
const capslockNames: readonly string[] = [
  "UNSPECIFIED",
  "SAFE",
  "FILES",
  "NETWORK",
  "RUNTIME",
  "READ_SYSTEM_STATE",
  "MODIFY_SYSTEM_STATE",
  "OPERATING_SYSTEM",
  "SYSTEM_CALLS",
  "ARBITRARY_EXECUTION",
  "CGO",
  "UNANALYZED",
  "UNSAFE_POINTER",
  "REFLECT",
  "EXEC",
];

const enumPrefix = "CAPABILITY_";

/** What the word gives, or what is wrong with it. */
function readCapability(word: string): Pick<Given, "capabilities"> | string {
  const bare = word.startsWith(enumPrefix) ? word.slice(enumPrefix.length) : word;
  if (bare !== word && !capslockNames.includes(bare)) return `Capslock has no capability "${word}"`;
  if (!/^[A-Za-z][\w-]*(?:\/[A-Za-z][\w-]*)?$/.test(bare))
    return `"${word}" is no name of a capability: these are A or A/B`;
  if (bare === "UNSPECIFIED") return { capabilities: undefined };
  return { capabilities: bare === "SAFE" ? [] : [bare] };
}
