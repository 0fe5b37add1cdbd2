/** Rules: what makes findings out of changes. Whoever judges brings them; the analyzer knows none. */
import type { Capability } from "./capability.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { CompareMode, Finding, FindingLocation, Tier } from "./finding.ts";
import type { SinkKind, SourceKind } from "./flow.ts";
import type { Position } from "./position.ts";
import type { Change } from "./report.ts";

/** A rule: one thing that looks like a backdoor, or that a reviewer should know. */
export interface Rule {
  /** Lower-case words joined by hyphens. */
  readonly id: string;
  /** What it is about, as a few words. */
  readonly title: string;
  /** The worst that it says. */
  readonly tier: Tier;
  /** What was seen when it speaks, and what makes it say more or less. */
  readonly seen: string;
  /** Why that matters. */
  readonly why: string;
  /** When it is harmless: where to look first. */
  readonly benign: readonly string[];
  /** Where such things were seen. */
  readonly references: readonly string[];
  /** What it says of some changes; deterministic. */
  readonly find: (evidence: Evidence) => Iterable<FindingDraft>;
}

/** A finding without what follows from the rule and the code. */
export interface FindingDraft
  extends Pick<Finding, "tier" | "certainty" | "message" | "locations" | "builds" | "flow" | "values"> {
  /** What tells it from other findings of its rule, besides the functions that it is in. */
  readonly about: readonly string[];
  /** Given where it says the same as others may, but for one thing: then they are one finding. */
  readonly oneOf?: OneOf;
}

/** What a draft says of one thing where others of its rule say it of other things. */
export interface OneOf {
  /** What they have in common, besides what they say: a place in the code, a directory. */
  readonly at: string;
  /** The thing, as the sentence has it. */
  readonly what: string;
  /** Where the thing is. */
  readonly place: FindingLocation;
  /** The sentence of several things. */
  readonly say: (whats: string) => string;
}

/** How many names rules go along from code of a module, by `namesIn`, at most: of what lies further no answer is kept. */
export const namesFarthest = 3;

/** What rules look at. */
export interface Evidence {
  readonly mode: CompareMode;
  /** In single mode all there is, as if it were new. */
  readonly changes: readonly Change[];
  /** What could not be understood in the new version. */
  readonly diagnostics: readonly Diagnostic[];
  /** Whether some package of the old version had the capability (`A` stands for all `A/B`). Never in single mode. */
  readonly had: (capability: Capability) => boolean;
  /** Whether the old version had a flow of that sort, from what is named so if that is given. */
  readonly hadFlow: (source: SourceKind, sink: SinkKind, name?: string) => boolean;
  /** How control gets to a function of the new version, by its id. */
  readonly waysTo: (functionId: string) => Ways;
  /** What is known of the arguments of the calls in a function of the new version, and in closures in it. */
  readonly valuesIn: (functionId: string) => readonly CallValue[];
  /**
   * Where what a call in such a function, or in a closure in it, is given comes from, by its position: of each argument, undefined
   * where anything else may be. Empty if nothing is known.
   */
  readonly originsAt: (functionId: string, position: Position) => readonly (ValueOrigin | undefined)[];
  /** The string constants in the code of such a function, and in what sets the package variables that it names. Of other modules ask only for functions that flows name. */
  readonly textsIn: (functionId: string) => readonly string[];
  /** Whether a text stands as a constant in code of the old version that importers build. Never in single mode. */
  readonly hadText: (text: string) => boolean;
  /** Whether a text that has this in it as a whole does: nothing before or behind it that a name may go on with. Never in single mode. */
  readonly hadTextWith: (part: string) => boolean;
  /** Texts that stand as constants in code of the old version that importers build, and in none of the new one's, in order. None in single mode. */
  readonly goneTexts: () => readonly string[];
  /** Whether a text stands only in code of the new version that nobody who imports the module builds. */
  readonly isAsideText: (text: string) => boolean;
  /** The uses of the old version that carried capabilities and have values, as far as these are known. None in single mode. */
  readonly oldUses: readonly OldUse[];
  /** Functions and methods that the old version does not have, by file, then in source order. */
  readonly newFunctions: readonly NewFunction[];
  /** Functions, `init` functions and initialisers whose code is not as it was, by file, then in source order. None in single mode. */
  readonly changedFunctions: () => readonly ChangedFunction[];
  /** Functions, and package variables as `pkg.init:x`, of which code that importers build has texts that it did not have, by file, then in source order. None in single mode. */
  readonly newTexts: () => readonly NewTexts[];
  /** Whether code of the old version that importers build sets a variable or field (as `Setting.what`) without being asked, to that constant if one is given. */
  readonly hadSetting: (what: string, value?: string) => boolean;
  /** Whether C or assembly of the old version reached out of the program, as `FileChange.format` says. Never in single mode. */
  readonly reachedOut: () => boolean;
  /** Whether a linkname of the old version ties a name to that one of another package: `syscall.RawSyscall`. Never in single mode. */
  readonly hadLink: (name: string) => boolean;
  /**
   * What a function of that version, closures in it, and what sets the package variables that it names at first, use: names as
   * in `Terminal`. None of a function that the version does not have. Of those of other modules ask only what
   * `namesFarthest` such names lead to from code of the module: of more no answer is kept.
   */
  readonly namesIn: (version: Version, functionId: string) => ReadonlySet<string>;
}

/** Which of the two versions that are compared. */
export type Version = "old" | "new";

/** Of a function, or of what sets a package variable at first: its texts that it did not have, and those that it has no more. */
export interface NewTexts extends Way {
  readonly texts: readonly string[];
  readonly gone: readonly string[];
}

/** A function that is new, or does something else than it did. */
export interface ChangedFunction extends Way {
  readonly now: FunctionCode;
  /** In the old version; absent of what is new. */
  readonly before?: FunctionCode & { readonly function: string };
}

/** What the code of a function says by itself, closures in it included. But for `uses` empty where the code is not known. */
export interface FunctionCode {
  /** As `Evidence.namesIn`, of this declaration of the function alone. */
  readonly uses: ReadonlySet<string>;
  /** In source order. */
  readonly sets: readonly Setting[];
  /** Functions that it calls and of whose answers something depends; names as in `Terminal`. */
  readonly goesBy: ReadonlySet<string>;
  /** Functions that it calls for nothing: their answers are dropped, or only told. */
  readonly ignores: ReadonlySet<string>;
  /** Functions that it calls only where a setting decides so, as in `Setting.chosen`. */
  readonly optional: ReadonlySet<string>;
  /** How it goes on without a yes of what it asks. In no order. */
  readonly waysPast: readonly WayPast[];
}

/** A way past the answer of a call; names as in `Terminal`. */
export type WayPast =
  /** Something else makes up for an answer that is no. */
  | {
      readonly how: "instead";
      /** The function whose answer it is. */
      readonly of: string;
      /** What is called to tell. */
      readonly asked: ReadonlySet<string>;
      /** It is a setting, or that something is there. */
      readonly chosen: boolean;
    }
  /** The function, or a closure in it, ends well: with `true` or without an error. */
  | {
      readonly how: "before";
      /** All that the function, or closure, calls. */
      readonly within: ReadonlySet<string>;
      /** What is called on all ways that end there. */
      readonly asked: ReadonlySet<string>;
      /** What is called on some of them, and whether settings alone decide that. */
      readonly maybe: ReadonlyMap<string, boolean>;
      /** Settings alone decide whether it ends there. */
      readonly chosen: boolean;
    };

/** A variable or field that gets a value. */
export interface Setting {
  /**
   * `net/http.DefaultTransport` of a package variable, with fields behind it where these are set;
   * `crypto/tls.Config.MinVersion` in a literal; `.MinVersion` of what is not known.
   */
  readonly what: string;
  /** Of a constant. */
  readonly value?: string;
  /** A setting decides whether it happens: a truth value, or a word that is compared. */
  readonly chosen: boolean;
}

/** Where the value of an argument comes from, if from nowhere else: callers, variables of the environment, constants, the program. Lists are sorted. */
export interface ValueOrigin {
  /** Callers of the module give it: as a parameter of what is exported, or in an exported field. */
  readonly caller: boolean;
  /** Variables of the environment that it may be, as the module finds them. */
  readonly variables: readonly string[];
  /** Programs that are looked for by these names. */
  readonly programs: readonly string[];
  /** It may be the path of the program that runs. */
  readonly itself: boolean;
  /** Constants that it may be, or with `…` for the rest that it begins with. */
  readonly constants: readonly string[];
}

/** An argument that is a constant or could be worked out. */
export interface CallValue {
  /** What is called, as in `Terminal`; empty of a function value. */
  readonly name: string;
  readonly value: string;
}

/** A use in the old version. */
export interface OldUse {
  /** What is used, as in `Terminal`. */
  readonly name: string;
  readonly capabilities: readonly Capability[];
  /** Of its arguments. */
  readonly values: readonly string[];
  /** The same by argument, in order; none where none is known. */
  readonly arguments: readonly (readonly string[])[];
}

/** A function or method that is new, and not only by its name. */
export interface NewFunction extends Way {
  /** The old version has no file of that name. */
  readonly newFile: boolean;
}

/** A function by which control gets in. */
export interface Way {
  /** As in `Step`. */
  readonly function: string;
  /** Where it is declared. */
  readonly position: Position;
}

/** How control gets to a function, along calls that may run hardly anything else. */
export interface Ways {
  /** `init` functions and initialisers of package variables that lead there. */
  readonly atStart: readonly Way[];
  /** Exported functions and methods that were in the old version too. */
  readonly existing: readonly Way[];
  /** Exported functions and methods that are new. */
  readonly added: readonly Way[];
  /** New functions between these and the function, none of which is exported. */
  readonly between: readonly Way[];
  /** A `go` statement on the way. */
  readonly inGoroutine: boolean;
}
