/** Small Go programs at random in which functions and values with methods move about, as data and as source. */
import type { ModuleSource } from "@capdiff/analyzer";
import fc from "fast-check";
import { sourceOf } from "../../../../test-corpus/runner/module-files.ts";

/** Where functions may be: how they are put there, and taken from there. */
const functionPlaces = {
  v0: { declared: "var v0 func()", put: "v0 = #", take: "v0" },
  v1: { declared: "var v1 func()", put: "v1 = #", take: "v1" },
  field: { declared: "var s struct{ f func() }", put: "s.f = #", take: "s.f" },
  map: { declared: "var table map[string]func()", put: 'table["x"] = #', take: 'table["x"]' },
  slice: { declared: "var list []func()", put: "list = append(list, #)", take: "list[0]" },
  channel: { declared: "var ch chan func()", put: "ch <- #", take: "(<-ch)" },
  parameter: { declared: "func apply(f func()) { f() }", put: "apply(#)", take: "" },
  result: { declared: "func give() func() { return v0 }", put: "", take: "give()" },
} as const;

/** Where values with methods may be. */
const valuePlaces = {
  i0: { declared: "var i0 I", put: "i0 = #", take: "i0" },
  i1: { declared: "var i1 I", put: "i1 = #", take: "i1" },
  valueField: { declared: "var t struct{ g I }", put: "t.g = #", take: "t.g" },
  valueMap: { declared: "var values map[string]I", put: 'values["x"] = #', take: 'values["x"]' },
  any: { declared: "var a any", put: "a = #", take: "a.(I)" },
} as const;

type FunctionPlace = keyof typeof functionPlaces;
type ValuePlace = keyof typeof valuePlaces;
type Place = FunctionPlace | ValuePlace;

export type Statement =
  | { readonly kind: "run" }
  | { readonly kind: "call"; readonly fn: string }
  /** A function or, by its name, a type of which a value is put there. */
  | { readonly kind: "put"; readonly to: Place; readonly what: string }
  | { readonly kind: "closure"; readonly to: FunctionPlace; readonly calls: string }
  | { readonly kind: "copy"; readonly to: Place; readonly from: Place }
  | { readonly kind: "call-place"; readonly place: Place };

export interface ProgramFunction {
  /** As in ids, without the package. */
  readonly name: string;
  readonly statements: readonly Statement[];
}

export type DispatchProgram = readonly ProgramFunction[];

const functions = ["F0", "F1", "F2", "F3"];
const types = ["T0", "T1", "T2"];
/** The methods of the types: all have m. */
const methods = types.map((type) => `(${type}).m`);

const writable = Object.entries(functionPlaces).flatMap(([name, { put }]) => (put === "" ? [] : [name]));
const readable = Object.entries(functionPlaces).flatMap(([name, { take }]) => (take === "" ? [] : [name]));

/** Names of a table's keys. */
function of<P extends Place>(names: readonly string[]): fc.Arbitrary<P> {
  // They are keys of the table, which Object.keys types as text.
  return fc.constantFrom(...(names as readonly P[]));
}

const intoFunctions = of<FunctionPlace>(writable);
const fromFunctions = of<FunctionPlace>(readable);
const value = of<ValuePlace>(Object.keys(valuePlaces));
const fn = fc.constantFrom(...functions);

export const statements: fc.Arbitrary<Statement> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ kind: "run" } as const) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("call" as const), fn }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("put" as const), to: intoFunctions, what: fn }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("put" as const), to: value, what: fc.constantFrom(...types) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("closure" as const), to: intoFunctions, calls: fn }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("copy" as const), to: intoFunctions, from: fromFunctions }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("copy" as const), to: value, from: value }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("call-place" as const),
      place: fc.oneof(fromFunctions, value),
    }),
  },
);

/** Every function and method, with up to four statements each. */
export const dispatchPrograms: fc.Arbitrary<DispatchProgram> = fc
  .tuple(...[...functions, ...methods].map(() => fc.array(statements, { maxLength: 4 })))
  .map((bodies) =>
    [...functions, ...methods].map((name, index) => ({ name, statements: bodies[index] ?? [] })),
  );

/** The program as a module of one file. */
export function moduleOf(program: DispatchProgram): ModuleSource {
  const content = new TextEncoder().encode(textOf(program));
  return sourceOf({ modulePath: "example.test/m", goMod: [], files: [{ name: "m.go", content }] });
}

export function textOf(program: DispatchProgram): string {
  const places = [...Object.values(functionPlaces), ...Object.values(valuePlaces)];
  return [
    'package m\n\nimport "os/exec"\n',
    "type I interface{ m() }\n",
    ...types.map((type) => `type ${type} struct{}\n`),
    ...places.map(({ declared }) => `${declared}\n`),
    ...program.map(({ name, statements: body }) => {
      const heading = name.startsWith("(") ? `${name.slice(0, name.lastIndexOf("."))} m` : name;
      return `func ${heading}() {\n${body.map((one) => `\t${lineOf(one)}\n`).join("")}}\n`;
    }),
  ].join("\n");
}

function lineOf(statement: Statement): string {
  switch (statement.kind) {
    case "run":
      return 'exec.Command("sh")';
    case "call":
      return `${statement.fn}()`;
    case "put":
      return put(statement.to, types.includes(statement.what) ? `${statement.what}{}` : statement.what);
    case "closure":
      return put(statement.to, `func() { ${statement.calls}() }`);
    case "copy":
      return put(statement.to, take(statement.from));
    case "call-place":
      return isValue(statement.place) ? `${take(statement.place)}.m()` : `${take(statement.place)}()`;
    default:
      return statement satisfies never;
  }
}

function put(place: Place, expression: string): string {
  return (isValue(place) ? valuePlaces[place] : functionPlaces[place]).put.replace("#", () => expression);
}

function take(place: Place): string {
  return (isValue(place) ? valuePlaces[place] : functionPlaces[place]).take;
}

function isValue(place: Place): place is ValuePlace {
  return Object.hasOwn(valuePlaces, place);
}
