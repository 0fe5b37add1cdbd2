import { readdirSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import {
  builtInEntries,
  builtInMap,
  builtInTable,
  capabilities,
  classify,
  classifyVariable,
  type Decided,
  mapIdentity,
  type PackageEntry,
  standardPackages,
} from "../src/index.ts";
import { dataLines, readFacts } from "./facts.ts";

const data = new URL("../data/", import.meta.url);
const readJson = (name: string): unknown => JSON.parse(readFileSync(new URL(name, data), "utf8"));
const list = (decided: Decided) => (typeof decided === "string" ? [decided] : decided);
const namesOf = (entry: PackageEntry) => (entry.functions ?? []).flatMap(({ names }) => names);
const show = (words: readonly string[]) => (words.length === 0 ? "SAFE" : words.join(" "));

interface Symbols {
  readonly functions: string;
  readonly types: string;
  readonly variables: string;
}
const exported = readJson("symbols.json") as Readonly<Record<string, Symbols>>;

describe("the built-in map's data", () => {
  const validate = new Ajv({ allErrors: true }).compile(readJson("map.schema.json") as object);

  for (const name of readdirSync(new URL("map", data))) {
    it(`${name} keeps to the schema`, () => {
      validate(readJson(`map/${name}`));
      expect(validate.errors).toBeNull();
    });
  }

  it("is refused by the schema when a word is wrong", () => {
    const decision = (one: object) => ({ packages: [{ path: "p", capability: "SAFE", functions: [one] }] });
    expect(validate(decision({ capability: "EXEC", names: ["F", "(*T).M", "(T).M", "(T).*"] }))).toBe(true);
    expect(validate(decision({ capability: "EXEC", names: ["f"] }))).toBe(false);
    expect(validate(decision({ capability: "EXEC", names: ["(*T).*"] }))).toBe(false);
    expect(validate(decision({ capability: "exec", names: ["F"] }))).toBe(false);
    expect(validate(decision({ capability: ["EXEC", "SAFE"], names: ["F"] }))).toBe(false);
  });

  it("names each package once, and each name once in it", () => {
    const twice = (words: readonly string[]) => words.filter((word, at) => words.indexOf(word) !== at);
    expect(twice(builtInEntries.map(({ path }) => path))).toEqual([]);
    expect(builtInEntries.flatMap((entry) => twice(namesOf(entry)))).toEqual([]);
  });

  it("knows only capabilities that are described", () => {
    const used = builtInEntries.flatMap(({ capability, functions = [], variables = [] }) => [
      ...list(capability),
      ...[...functions, ...variables].flatMap((decision) => list(decision.capability)),
    ]);
    expect([...new Set(used)].filter((one) => one !== "SAFE" && !Object.hasOwn(capabilities, one))).toEqual(
      [],
    );
  });

  it("lists only names that exist", () => {
    const missing = builtInEntries.flatMap((entry) => {
      const known = exported[entry.path];
      if (known === undefined) return [];
      const functions = new Set(known.functions.split(" "));
      const types = new Set(known.types.split(" "));
      // A method of a type that is not exported is called through an exported one that embeds it.
      const isKnown = (name: string) => {
        const receiver = /^\(\*?(\w+)\)\./.exec(name)?.[1];
        return receiver === undefined ? functions.has(name) : /^[a-z]/.test(receiver) || types.has(receiver);
      };
      const variables = (entry.variables ?? []).flatMap(({ names }) => names);
      return [
        ...namesOf(entry).filter((name) => !isKnown(name)),
        ...variables.filter((name) => !known.variables.split(" ").includes(name)),
      ].map((name) => `${entry.path} ${name}`);
    });
    expect(missing).toEqual([]);
  });

  it("says why where the name is less harmful than its package", () => {
    const withoutReason = builtInEntries
      .filter(({ path, capability }) => capability === "NETWORK" && !path.startsWith("golang.org/"))
      .flatMap(({ functions = [] }) => functions)
      .filter(({ capability, reason }) => capability === "SAFE" && reason === undefined);
    expect(withoutReason).toEqual([]);
  });
});

describe("the built-in map", () => {
  it("decides every package that `go list std` lists", () => {
    const paths = dataLines("go-list-std.txt");
    expect(paths.length).toBeGreaterThan(170);
    expect(paths.filter((path) => classify(builtInTable, path, "F") === undefined)).toEqual([]);
    expect(paths.filter((path) => !builtInMap.isStandard(path))).toEqual([]);
  });

  it("decides every package whose names it knows", () => {
    expect(Object.keys(exported).filter((path) => classify(builtInTable, path, "F") === undefined)).toEqual(
      [],
    );
  });

  it.each(readFacts())("$importPath $name: $capabilities", ({ importPath, name, capabilities }) => {
    const found = classify(builtInTable, importPath, name)?.capabilities;
    expect(show([...(found ?? ["?"])].sort())).toBe(show([...capabilities].sort()));
  });

  it("classifies the few variables that carry something, and no others", () => {
    const found = (path: string, name: string) =>
      show(classifyVariable(builtInTable, path, name)?.capabilities ?? ["?"]);
    expect(found("os", "Args")).toBe("READ_SYSTEM_STATE/HOST");
    expect(found("net/http", "DefaultClient")).toBe("NETWORK/DIAL NETWORK/DNS");
    expect(found("net", "DefaultResolver")).toBe("NETWORK/DNS");
    expect(found("os", "Stdout")).toBe("SAFE");
    expect(found("example.test/m", "V")).toBe("?");
  });

  it("answers the analyzer by what a name is", () => {
    expect(builtInMap.decision("net", "DefaultResolver")).toEqual(["NETWORK/DNS"]);
    expect(builtInMap.decision("net", "ErrClosed")).toEqual([]);
    expect(builtInMap.decision("net", "Dial")).toEqual(["NETWORK/DIAL", "NETWORK/DNS"]);
    expect(builtInMap.decision("example.test/m", "F")).toBeUndefined();
    expect(builtInMap.kindOf("net", "Conn")).toBe("type");
    expect(builtInMap.packageName("math/rand/v2")).toBe("rand");
    expect(builtInMap.isStandard("golang.org/x/sys/unix")).toBe(false);
    expect(builtInMap.isStandard("mymodule")).toBe(false);
  });

  it("lists the standard library with the names that importers write", () => {
    expect(standardPackages).toContainEqual({ path: "math/rand/v2", name: "rand" });
    expect(standardPackages.filter(({ path }) => path.startsWith("golang.org/"))).toEqual([]);
  });

  it("has an identity of 16 hexadecimal digits", () => {
    expect(mapIdentity()).toMatch(/^[0-9a-f]{16}$/);
  });
});
