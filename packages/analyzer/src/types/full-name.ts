/** Names of functions and methods as go/types writes them. */
import type { Callable } from "./operand.ts";
import type { TypeStore } from "./type-store.ts";
import { receiverString, typeString } from "./type-string.ts";

/**
 * What types.Func.FullName says of the function, of a generic one as declared: a method's
 * type parameters go by the names of its receiver. Undefined for what is no function of Go
 * that is at hand.
 */
export function fullName(types: TypeStore, callable: Callable): string | undefined {
  switch (callable.kind) {
    case "function":
      return `${callable.package}.${callable.name}`;
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
