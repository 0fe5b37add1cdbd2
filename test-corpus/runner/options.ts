import type { Narrowing } from "@capdiff/analyzer";
import { CaseError } from "./case-error.ts";
import { keywords } from "./forms.ts";

/** What a case asks of the analysis, and of the comparison with its WANT. */
export interface Options {
  readonly narrowing: Narrowing;
  readonly tests: boolean;
  /** Sections that are users' capability maps and no files of the module. */
  readonly maps: readonly string[];
  readonly builtInMap: boolean;
  /** Kinds of findings that WANT must list in full. */
  readonly exact: ReadonlySet<string>;
}

/** Parses `key=value` words, separated by white space. */
export function parseOptions(text: string): Options {
  const given = new Map(text.split(/\s+/).filter(Boolean).map(split));
  const take = (key: string) => {
    const value = given.get(key);
    given.delete(key);
    return value;
  };
  const { goos, goarch, tags, cgo, tests, maps, builtInMap, exact } = {
    goos: take("goos"),
    goarch: take("goarch"),
    tags: take("tags")?.split(","),
    cgo: truth("cgo", take("cgo")),
    tests: truth("tests", take("tests")),
    maps: take("maps")?.split(","),
    builtInMap: truth("builtin-map", take("builtin-map")),
    exact: take("exact"),
  };
  const [unknown] = given.keys();
  if (unknown !== undefined) throw new CaseError(`there is no option "${unknown}"`);
  return {
    narrowing: {
      ...(goos !== undefined && { goos }),
      ...(goarch !== undefined && { goarch }),
      ...(tags !== undefined && { tags }),
      ...(cgo !== undefined && { cgo }),
    },
    tests: tests ?? false,
    maps: maps ?? [],
    builtInMap: builtInMap ?? true,
    exact: exactKinds(exact),
  };
}

function split(word: string): [string, string] {
  const equals = word.indexOf("=");
  if (equals < 1) throw new CaseError(`an option is key=value, not "${word}"`);
  return [word.slice(0, equals), word.slice(equals + 1)];
}

function truth(key: string, value: string | undefined): boolean | undefined {
  if (value === undefined) return undefined;
  if (value !== "true" && value !== "false") throw new CaseError(`${key} is true or false, not "${value}"`);
  return value === "true";
}

function exactKinds(value: string | undefined): ReadonlySet<string> {
  if (value === undefined) return new Set();
  if (value === "all") return keywords;
  const kinds = value.split(",");
  const unknown = kinds.find((kind) => !keywords.has(kind));
  if (unknown !== undefined) throw new CaseError(`exact=${unknown}: there are ${[...keywords].join(", ")}`);
  return new Set(kinds);
}
