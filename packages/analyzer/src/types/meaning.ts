/** What a name means as an operand. */
import type { Node } from "../syntax/index.ts";
import type { Place } from "./checker.ts";
import type { Meaning } from "./object.ts";
import { type Callable, constantValue, functionValue, type Operand, unknown, value } from "./operand.ts";

export interface NamedNode {
  /** The identifier. */
  readonly node: Node;
  readonly name: string;
}

/** The operand that a name stands for; a use of a function or variable is told to the observer. */
export function meaningOperand(
  place: Place,
  meaning: Meaning | undefined,
  { node, name }: NamedNode,
): Operand {
  const { checker } = place;
  if (meaning !== undefined) place.observer?.named?.(node, meaning);
  switch (meaning?.kind) {
    case "local variable":
      place.observer?.local?.(node, meaning);
      return value(meaning.type);
    case "variable":
      place.observer?.use(node, { kind: "variable", package: meaning.package, name: meaning.name });
      return value(meaning.type());
    case "function": {
      const callable: Callable = { kind: "function", package: meaning.package, name: meaning.name };
      place.observer?.use(node, callable);
      return functionValue(meaning.type(), callable);
    }
    case "constant":
      return constantValue(meaning.type(), meaning.value());
    case "local constant":
      return constantValue(meaning.type, meaning.value);
    case "type":
    case "alias":
      return { mode: "type", type: meaning.type() };
    case "local type":
    case "local alias":
      return { mode: "type", type: meaning.type };
    case "builtin":
      return { mode: "builtin", name: meaning.name };
    case "nil":
      return value(checker.universe.untypedNil);
    case "iota":
      return constantValue(checker.universe.untypedInt, place.iota);
    case "import":
      return { mode: "package", path: meaning.path, package: meaning.package };
    case "unsafe":
      return { mode: "package", path: "unsafe", package: undefined };
    case "cgo":
      return { mode: "cgo" };
    case "missing": {
      const callables = meaning.packages.map((path): Callable => ({ kind: "missing", package: path, name }));
      for (const callable of callables) place.observer?.use(node, callable);
      return unknown("missing-import", callables[0]);
    }
    case undefined:
      return unknown("unknown-name");
    default:
      return meaning satisfies never;
  }
}
