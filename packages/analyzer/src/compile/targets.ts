/** How what the type checker found is written down in facts. */

import type { Target } from "../model/facts.ts";
import { functionId, methodName } from "../model/function-id.ts";
import type { Callable } from "../types/index.ts";

/** The target that a use of that function, method or variable has, seen from the package at `path`. */
export function callableTarget(callable: Callable, path: string): Target {
  switch (callable.kind) {
    case "function":
      return named(callable.package, callable.name, path);
    case "method": {
      const { receiver, pointer, name } = callable.method;
      return named(receiver.package, methodName(receiver.name, pointer, name), path);
    }
    case "interface method": {
      const { owner, name } = callable.method;
      return {
        kind: "interface-method",
        package: owner?.package ?? "",
        name: methodName(owner?.name ?? "interface", false, name),
      };
    }
    case "variable":
      return { kind: "variable", package: callable.package, name: callable.name };
    case "missing":
      return { kind: "qualified", package: callable.package, name: callable.name };
    case "cgo":
      return { kind: "cgo", name: callable.name };
    default:
      return callable satisfies never;
  }
}

function named(inPackage: string, name: string, path: string): Target {
  return inPackage === path
    ? { kind: "function", id: functionId(inPackage, name) }
    : { kind: "qualified", package: inPackage, name };
}
