/** What names stand for, in words for whoever inspects them. */
import { type Checker, type Constant, fullName, type Named, type Type, typeString } from "../types/index.ts";

export interface MeaningWords {
  /** `field example.test/m.T.x`, `local variable`, `builtin len`. */
  readonly means: string;
  /** Of a variable, field, function, constant or type. */
  readonly type?: Type;
  readonly constant?: Constant | undefined;
}

/** `name` is the identifier. */
export function meaningWords(checker: Checker, named: Named, name: string): MeaningWords {
  switch (named.kind) {
    case "local variable":
      return { means: "local variable", type: named.type };
    case "local constant":
      return { means: "constant", type: named.type, constant: named.value };
    case "constant":
      return { means: "constant", type: named.type(), constant: named.value() };
    case "variable":
      return { means: `variable ${named.package}.${named.name}`, type: named.type() };
    case "function":
      return { means: `function ${named.package}.${named.name}`, type: named.type() };
    case "callable":
      return { means: `method ${fullName(checker.types, named.callable) ?? name}`, type: named.type };
    case "field": {
      const holder = named.holder?.kind === "named" ? `${typeString(named.holder)}.` : "";
      return { means: `field ${holder}${named.field.name}`, type: named.field.type };
    }
    case "type":
      return { means: "type", type: named.type() };
    case "alias":
      return { means: "alias", type: named.type() };
    case "local alias":
      return { means: "alias", type: named.type };
    case "local type":
      return { means: named.type.kind === "parameter" ? "type parameter" : "type", type: named.type };
    case "import":
      return { means: packageWords(named) };
    case "unsafe":
      return { means: "package unsafe" };
    case "missing":
      return { means: `a name of ${named.packages.join(" or ")}, which could not be had` };
    case "unsafe builtin":
      return { means: `builtin unsafe.${named.name}` };
    case "builtin":
      return { means: `builtin ${named.name}` };
    case "cgo":
      return { means: "C" };
    case "nil":
    case "iota":
      return { means: named.kind };
    default:
      return named satisfies never;
  }
}

/** A package by its import path. */
export function packageWords({
  path,
  package: imported,
}: {
  readonly path: string;
  readonly package: object | undefined;
}): string {
  return imported === undefined ? `package ${path}, which could not be had` : `package ${path}`;
}
