import { functionId, methodName } from "../model/function-id.ts";
import type { Callable } from "../types/index.ts";

/** As types.Func.FullName has it; undefined for what is no function of Go. */
export function callableName(callable: Callable): string | undefined {
  switch (callable.kind) {
    case "function":
      return callable.package === "unsafe" ? undefined : functionId(callable.package, callable.name);
    case "method": {
      const { receiver, pointer, name } = callable.method;
      return functionId(receiver.package, methodName(receiver.name, pointer, name));
    }
    case "interface method": {
      const { owner, name } = callable.method;
      if (owner === undefined) return `(interface).${name}`;
      const inPackage = methodName(owner.name, false, name);
      return owner.package === "" ? inPackage : functionId(owner.package, inPackage);
    }
    case "variable":
    case "missing":
    case "cgo":
      return undefined;
    default:
      return callable satisfies never;
  }
}
