import type { Target } from "../model/facts.ts";
import { functionId } from "../model/function-id.ts";
import type { Declarations } from "./declarations.ts";

/** Places of the functions that a use names; none where values or types tell, or imports. */
export function namedFunctions({ named }: Pick<Declarations, "named">, target: Target): readonly number[] {
  switch (target.kind) {
    case "function":
      return named(target.id);
    case "qualified":
      return named(functionId(target.package, target.name));
    case "package":
    case "variable":
    case "interface-method":
    case "dynamic":
    case "cgo":
    case "unsafe-conversion":
    case "reflect-store":
    case "unresolved":
      return [];
    default:
      return target satisfies never;
  }
}
