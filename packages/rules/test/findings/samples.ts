/** Changes for the cases of rules, with what a case does not say filled in. */
import type {
  CallSiteChange,
  Change,
  ChangedFunction,
  Diagnostic,
  EntryPointChange,
  Evidence,
  Flow,
  NewTexts,
  OldUse,
  Position,
  Version,
  Way,
  WayPast,
  Ways,
} from "@capdiff/analyzer";

export const everywhere = { expression: "", words: "all builds" };
export const m = "example.test/m";

export function at(line: number, file = "a.go"): Position {
  return { file, line, column: 2 };
}

function site(line: number) {
  return { position: at(line), source: `line ${line}` };
}

/** What control may come by: nothing, unless given. */
export interface Known {
  readonly mode?: Evidence["mode"];
  readonly had?: readonly string[];
  readonly hadFlows?: readonly string[];
  readonly ways?: Partial<Ways>;
  readonly diagnostics?: readonly Diagnostic[];
  /** With an argument for each value, unless these are given. */
  readonly oldUses?: readonly (Omit<OldUse, "arguments"> & Partial<Pick<OldUse, "arguments">>)[];
  readonly newFunctions?: Evidence["newFunctions"];
  readonly values?: ReturnType<Evidence["valuesIn"]>;
  readonly origins?: ReturnType<Evidence["originsAt"]>;
  /** Instead, by the function. */
  readonly originsOf?: Evidence["originsAt"];
  readonly texts?: readonly string[];
  /** Instead, by the function. */
  readonly textsOf?: Readonly<Record<string, readonly string[]>>;
  readonly aside?: readonly string[];
  readonly oldTexts?: readonly string[];
  readonly goneTexts?: readonly string[];
  readonly newTexts?: ReturnType<Evidence["newTexts"]>;
  readonly changedFunctions?: readonly ChangedFunction[];
  readonly oldSettings?: readonly string[];
  readonly reachedOut?: boolean;
  readonly oldLinks?: readonly string[];
  /** What functions of a version use, by their ids. */
  readonly oldNames?: Readonly<Record<string, readonly string[]>>;
  readonly newNames?: Readonly<Record<string, readonly string[]>>;
}

export function evidence(changes: readonly Change[], known: Known = {}): Evidence {
  const {
    mode = "versions",
    had = [],
    hadFlows = [],
    ways = {},
    diagnostics = [],
    newFunctions = [],
    oldUses = [],
    values = [],
    origins = [],
    originsOf = () => origins,
    texts = [],
    textsOf,
    aside = [],
    oldTexts = [],
    goneTexts = [],
    newTexts = [],
    changedFunctions = [],
    oldSettings = [],
    reachedOut = false,
    oldLinks = [],
    oldNames = {},
    newNames = {},
  } = known;
  return {
    mode,
    changes,
    diagnostics,
    had: (capability) => had.some((one) => one === capability || one.startsWith(`${capability}/`)),
    hadFlow: (source, sink, name) => hadFlows.includes([source, sink, name ?? []].flat().join(" ")),
    waysTo: () => ({ atStart: [], existing: [], added: [], between: [], inGoroutine: false, ...ways }),
    valuesIn: () => values,
    originsAt: originsOf,
    textsIn: (id) => textsOf?.[id] ?? (textsOf === undefined ? texts : []),
    hadText: (text) => oldTexts.includes(text),
    hadTextWith: (part) => oldTexts.some((text) => inWords(text).includes(inWords(part))),
    goneTexts: () => goneTexts,
    isAsideText: (text) => aside.includes(text),
    newFunctions,
    oldUses: oldUses.map((one) => ({ arguments: one.values.map((value) => [value]), ...one })),
    changedFunctions: () => changedFunctions.map((one) => withUses(one, { old: oldNames, new: newNames })),
    newTexts: () => newTexts,
    hadSetting: (what) => oldSettings.includes(what),
    reachedOut: () => reachedOut,
    hadLink: (name) => oldLinks.includes(name),
    namesIn: (version, id) => new Set((version === "old" ? oldNames : newNames)[id] ?? []),
  };
}

/** A text in which what stands as a whole has blanks around it. */
function inWords(text: string): string {
  return ` ${text.replaceAll(/[\s/:]+/gu, " ")} `;
}

/** Of a function that callers know. */
export function newTexts(texts: readonly string[], gone: readonly string[] = []): NewTexts {
  return { ...way(`${m}.New`), texts, gone };
}

export function way(id: string): Way {
  return { function: id, position: at(1) };
}

/** What is said of what functions use, also in those that have changed. */
function withUses(
  { now, before, ...rest }: ChangedFunction,
  names: Readonly<Record<Version, Readonly<Record<string, readonly string[]>>>>,
): ChangedFunction {
  const usesOf = (version: Version, id: string) => new Set(names[version][id] ?? []);
  return {
    ...rest,
    now: { ...now, uses: usesOf("new", rest.function) },
    ...(before !== undefined && { before: { ...before, uses: usesOf("old", before.function) } }),
  };
}

/** A function `run` whose code is not as it was: what is set now, by `=` or not at all, and by whose answers it went and goes. */
export function changed(
  given: {
    readonly sets?: readonly string[];
    readonly chosen?: boolean;
    readonly goesBy?: readonly string[];
    readonly ignores?: readonly string[];
    readonly went?: readonly string[];
    readonly waysPast?: readonly WayPast[];
    readonly isNew?: boolean;
    readonly function?: string;
  } = {},
): ChangedFunction {
  const {
    sets = [],
    chosen = false,
    goesBy = [],
    ignores = [],
    went = [],
    waysPast = [],
    isNew = false,
  } = given;
  const { function: id = `${m}.run` } = given;
  const code = (by: readonly string[]) => ({
    uses: new Set<string>(),
    sets: [],
    goesBy: new Set(by),
    ignores: new Set<string>(),
    optional: new Set<string>(),
    waysPast: [],
  });
  return {
    function: id,
    position: at(5),
    now: {
      ...code(goesBy),
      ignores: new Set(ignores),
      waysPast,
      sets: sets.map((one) => {
        const [what = "", value] = one.split("=");
        return { what, chosen, ...(value !== undefined && { value }) };
      }),
    },
    ...(!isNew && { before: { ...code(went), function: id } }),
  };
}

/** A new call of a function of the standard library, in a function `run`. */
export function call(
  name: string,
  capabilities: readonly string[],
  given: Partial<CallSiteChange> = {},
): CallSiteChange {
  return {
    kind: "call-site",
    change: "added",
    package: m,
    function: `${m}.run`,
    terminal: { kind: "function", name },
    use: "call",
    capabilities,
    existing: false,
    builds: everywhere,
    site: site(10),
    arguments: [],
    entryPoints: [],
    ...given,
  };
}

/** Constant arguments. */
export function constants(...values: readonly string[]): CallSiteChange["arguments"] {
  return values.map((value) => ({ text: JSON.stringify(value), value }));
}

/** An entry point that newly reaches a capability through a call in `run`. */
export function reaches(
  kind: EntryPointChange["entryPoint"]["kind"],
  capability: string,
  given: Partial<EntryPointChange> & {
    readonly terminal?: string;
    readonly module?: string;
    readonly callees?: number;
    /** The function that the terminal is in. */
    readonly holder?: string;
  } = {},
): EntryPointChange {
  const { terminal = "os/exec.Command", module, callees, holder = `${m}.run`, ...rest } = given;
  const step = {
    function: holder,
    package: m,
    use: "call",
    site: at(10),
    source: "",
    ...(module !== undefined && { module }),
    ...(callees !== undefined && { callees }),
  } as const;
  return {
    kind: "entry-point",
    change: "added",
    entryPoint: {
      kind,
      function: `${m}.${kind === "init" ? "init#1" : "Open"}`,
      builds: everywhere,
      position: at(1),
    },
    package: m,
    capability,
    existing: true,
    certainty: "static",
    builds: everywhere,
    witness: { steps: [step], terminal: { kind: "function", name: terminal } },
    ...rest,
  };
}

/** A new flow within one function. */
export function flow(
  [from, source]: readonly [Flow["source"]["kind"], string],
  [to, sink]: readonly [Flow["sink"]["kind"], string],
  given: Partial<Flow> = {},
): Change {
  const place = { function: `${m}.run`, package: m };
  return {
    kind: "flow",
    change: "added",
    existing: true,
    flow: {
      source: { kind: from, name: source, site: site(4), ...place },
      sink: { kind: to, name: sink, site: site(9), argument: 0, ...place },
      steps: [],
      certainty: "static",
      builds: everywhere,
      ...given,
    },
  };
}
