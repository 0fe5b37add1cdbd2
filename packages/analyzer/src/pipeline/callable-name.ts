import { functionId } from "../model/function-id.ts";
import { type Callable, type Checker, receiverString, typeString } from "../types/index.ts";

/**
 * As types.Func.FullName of the generic origin has it; undefined for what is no function of
 * Go. Ask while the builds are those in which it holds.
 */
export function callableName({ types }: Checker, callable: Callable): string | undefined {
  switch (callable.kind) {
    case "function":
      return callable.package === "unsafe" ? undefined : functionId(callable.package, callable.name);
    case "method": {
      const { receiver, receiverParameters, pointer, name } = callable.method;
      return `(${pointer ? "*" : ""}${receiverString(receiver, receiverParameters)}).${name}`;
    }
    case "interface method": {
      const { owner, name } = callable.method;
      return `(${owner === undefined ? "interface" : typeString(types.named(owner))}).${name}`;
    }
    case "variable":
    case "missing":
    case "cgo":
      return undefined;
    default:
      return callable satisfies never;
  }
}
