import type { DirectiveChange, Evidence, FileChange, FindingDraft, Rule, Tier } from "@capdiff/analyzer";
import { atPosition, everywhere } from "./places.ts";
import { shown } from "./shell-line.ts";
import { hiddenShellLine } from "./shell-lines.ts";

export const beyondGo: Rule = {
  id: "beyond-go",
  title: "Something is built in that is not Go",
  tier: "block",
  seen: "C or assembly that runs when the program is loaded and did not, in files or preambles (it blocks where it runs programs or connects), such that runs programs, connects or calls the system when it is called, in a module whose C did not (of assembly, that made no system calls by their numbers either), odd flags for the compiler or linker, objects without source, names newly tied to the internals of packages that reach the system, or a program that is embedded. Plain cgo and assembly inform, and so does go generate, which no importer runs.",
  why: "It runs with all rights of the program, and an analysis of Go does not see what it does.",
  benign: ["assembly for cryptography and compression", "bindings to C libraries, SQLite, BPF programs"],
  references: [
    "the catalogue of signals: new cgo, LDFLAGS, constructors, .s, .syso, linkname, embedded programs",
  ],
  *find({ changes, mode, reachedOut, hadLink, oldUses }) {
    const before: Before = { alone: mode === "single", reachedOut, hadLink, oldUses };
    for (const change of changes) {
      if (change.kind === "directive" && change.change !== "removed") yield* ofDirective(change, before);
      if (change.kind === "file" && change.change !== "removed" && change.change !== "moved")
        yield* ofFile(change, before);
    }
  },
};

interface Before extends Pick<Evidence, "reachedOut" | "hadLink" | "oldUses"> {
  /** There is no old version. */
  readonly alone: boolean;
}

interface Told {
  readonly tier: Tier;
  readonly what: string;
}

function* ofDirective(change: DirectiveChange, before: Before): Iterable<FindingDraft> {
  const told = directive(change, before);
  if (told === undefined) return;
  const { position, text, builds } = change;
  yield {
    tier: told.tier,
    certainty: "static",
    message: `${told.what}: ${shown(text.replaceAll(/\s+/gu, " "))}`,
    locations: [{ ...atPosition(position, change.directive), source: text, ...linked(change) }],
    builds,
    values: [text],
    about: [change.directive, change.package, text],
  };
}

/** The function that a linkname is for. */
function linked({ directive: kind, package: path, text }: DirectiveChange): { readonly function?: string } {
  const [name = ""] = text.trim().split(/\s+/u);
  return kind === "linkname" && name !== "" ? { function: `${path}.${name}` } : {};
}

/** The name that it is tied to. */
function linkedName(text: string): string {
  return text.trim().split(/\s+/u)[1] ?? "";
}

/** Flags that make the linker or compiler run or take something else. */
const oddFlags = /-fplugin|-B\S|-specs|-wrapper|--?(?:dynamic-linker|rpath|init|fini|wrap)\b|\.\.\/|@\S+/u;

function directive(change: DirectiveChange, before: Before): Told | undefined {
  const { directive: kind, text } = change;
  switch (kind) {
    case "cgo-preamble":
      if (runsUnasked(change))
        return { tier: unaskedTier(change, before.alone), what: "C that runs when the program is loaded" };
      return reachesOutNewly(change, before)
        ? { tier: "review", what: "C that runs programs, connects or calls the system" }
        : { tier: "inform", what: "C is compiled in" };
    case "cgo-flags":
      return { tier: oddFlags.test(text) ? "review" : "inform", what: "flags for the compiler or linker" };
    case "linkname":
      return {
        tier:
          /\b(?:syscall|os|net|plugin)\b/u.test(text) && !before.hadLink(linkedName(text))
            ? "review"
            : "inform",
        what: "a name is tied to another package's internals",
      };
    case "generate":
      return hiddenShellLine(text) === undefined
        ? undefined
        : { tier: "inform", what: "go generate would fetch and run something" };
    case "embed":
    case "cgo-export":
    case "wasm":
      return undefined;
    default:
      return kind satisfies never;
  }
}

function* ofFile(change: FileChange, before: Before): Iterable<FindingDraft> {
  const { name, role, format, size } = change;
  if (!isGrave(change) && role !== "assembly" && role !== "c-source") return;
  const { alone } = before;
  const what = format === undefined ? role : `${role}, ${format}`;
  const place = atPosition({ file: name, line: 1, column: 1 }, what);
  const news = alone ? "not Go" : change.change === "added" ? "new" : "changed";
  const directory = name.slice(0, name.lastIndexOf("/") + 1);
  yield {
    tier: tierOf(change, before),
    certainty: "static",
    message: `${name} is ${news} (${what}, ${size} bytes)`,
    locations: [place],
    builds: everywhere,
    about: [name, change.sha256],
    oneOf: {
      at: directory,
      what: name.slice(directory.length),
      place,
      say: (names) => `${names} ${directory === "" ? "" : `in ${directory} `}are ${news} (${what})`,
    },
  };
}

function isGrave({ role }: FileChange): boolean {
  return role === "executable" || role === "object";
}

/** C and assembly that run when they are loaded, and did not before. */
function runsUnasked({ change, format = "", oldFormat }: DirectiveChange | FileChange): boolean {
  return format.endsWith("when loaded") && (change === "added" || oldFormat !== undefined);
}

/** Of a call of the system by its number, in package syscall and those that imitate it. */
const byNumber = /(?:\.(?:Raw)?Syscall\w*|Proc\)\.Call)$/u;

/** They do when they are called, and no C or assembly of the old version did; assembly calls the system as Go may, by numbers. */
function reachesOutNewly(
  change: DirectiveChange | FileChange,
  { alone, reachedOut, oldUses }: Before,
): boolean {
  const isNew = change.change === "added" || change.oldFormat !== undefined;
  const could =
    change.kind === "file" && change.role === "assembly" && oldUses.some(({ name }) => byNumber.test(name));
  return change.format === "reaches out when called" && isNew && !alone && !could && !reachedOut();
}

function unaskedTier({ format }: DirectiveChange | FileChange, alone: boolean): Tier {
  return format === "reaches out when loaded" && !alone ? "block" : "review";
}

function tierOf(file: FileChange, before: Before): Tier {
  const { alone } = before;
  if (runsUnasked(file)) return unaskedTier(file, alone);
  if (reachesOutNewly(file, before)) return "review";
  return alone || !isGrave(file) || file.format === "WebAssembly" || file.change === "changed"
    ? "inform"
    : "review";
}
