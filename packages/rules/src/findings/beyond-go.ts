import type { DirectiveChange, FileChange, FindingDraft, Rule, Tier } from "@capdiff/analyzer";
import { atPosition, everywhere } from "./places.ts";
import { shown } from "./shell-line.ts";
import { hiddenShellLine } from "./shell-lines.ts";

export const beyondGo: Rule = {
  id: "beyond-go",
  title: "Something is built in that is not Go",
  tier: "block",
  seen: "C or assembly that runs when the program is loaded and did not, in files or preambles (it blocks where it runs programs or connects), odd flags for the compiler or linker, objects without source, names tied to the internals of packages that reach the system, or a program that is embedded. Plain cgo and assembly inform, and so does go generate, which no importer runs.",
  why: "It runs with all rights of the program, and an analysis of Go does not see what it does.",
  benign: ["assembly for cryptography and compression", "bindings to C libraries, SQLite, BPF programs"],
  references: [
    "the catalogue of signals: new cgo, LDFLAGS, constructors, .s, .syso, linkname, embedded programs",
  ],
  *find({ changes, mode }) {
    for (const change of changes) {
      if (change.kind === "directive" && change.change !== "removed")
        yield* ofDirective(change, mode === "single");
      if (change.kind === "file" && change.change !== "removed" && change.change !== "moved")
        yield* ofFile(change, mode === "single");
    }
  },
};

interface Told {
  readonly tier: Tier;
  readonly what: string;
}

function* ofDirective(change: DirectiveChange, alone: boolean): Iterable<FindingDraft> {
  const told = directive(change, alone);
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

/** Flags that make the linker or compiler run or take something else. */
const oddFlags = /-fplugin|-B\S|-specs|-wrapper|--?(?:dynamic-linker|rpath|init|fini|wrap)\b|\.\.\/|@\S+/u;

function directive(change: DirectiveChange, alone: boolean): Told | undefined {
  const { directive: kind, text } = change;
  switch (kind) {
    case "cgo-preamble":
      return runsUnasked(change)
        ? { tier: unaskedTier(change, alone), what: "C that runs when the program is loaded" }
        : { tier: "inform", what: "C is compiled in" };
    case "cgo-flags":
      return { tier: oddFlags.test(text) ? "review" : "inform", what: "flags for the compiler or linker" };
    case "linkname":
      return {
        tier: /\b(?:syscall|os|net|plugin)\b/u.test(text) ? "review" : "inform",
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

function* ofFile(change: FileChange, alone: boolean): Iterable<FindingDraft> {
  const { name, role, format, size } = change;
  if (!isGrave(change) && role !== "assembly" && role !== "c-source") return;
  const tier = tierOf(change, alone);
  const what = format === undefined ? role : `${role}, ${format}`;
  yield {
    tier,
    certainty: "static",
    message: `${name} ${alone ? "is not Go" : change.change === "added" ? "is new" : "is changed"} (${what}, ${size} bytes)`,
    locations: [atPosition({ file: name, line: 1, column: 1 }, what)],
    builds: everywhere,
    about: [name, change.sha256],
  };
}

function isGrave({ role }: FileChange): boolean {
  return role === "executable" || role === "object";
}

/** C and assembly that run when they are loaded, and did not before. */
function runsUnasked({ change, format = "", oldFormat }: DirectiveChange | FileChange): boolean {
  return format.endsWith("when loaded") && (change === "added" || oldFormat !== undefined);
}

function unaskedTier({ format }: DirectiveChange | FileChange, alone: boolean): Tier {
  return format === "reaches out when loaded" && !alone ? "block" : "review";
}

function tierOf(file: FileChange, alone: boolean): Tier {
  if (runsUnasked(file)) return unaskedTier(file, alone);
  return alone || !isGrave(file) || file.format === "WebAssembly" || file.change === "changed"
    ? "inform"
    : "review";
}
