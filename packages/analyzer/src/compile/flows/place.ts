/** Places as they are while a body is compiled: the same key is the same place. */
import type { Node } from "../../syntax/index.ts";
import type { Type } from "../../types/index.ts";

export type Place =
  | { readonly kind: "nothing" | "unknown" | "panicked"; readonly key: string }
  /** Of the function. `empty`: a literal in which nothing of interest is, and that has no other name. */
  | { readonly kind: "local"; readonly key: string; readonly empty?: true }
  | {
      readonly kind: "variable";
      readonly key: string;
      readonly package: string;
      readonly name: string;
    }
  | { readonly kind: "field"; readonly key: string; readonly holder: Type; readonly name: string }
  | { readonly kind: ContentKind; readonly key: string; readonly type: Type };

/** What a container holds. */
export type ContentKind = "element" | "key" | "value" | "message";

export const nothing: Place = { kind: "nothing", key: "-" };
export const unknown: Place = { kind: "unknown", key: "?" };
export const panicked: Place = { kind: "panicked", key: "!" };

export function local(key: string): Place {
  return { kind: "local", key };
}

export function packageVariable(inPackage: string, name: string): Place {
  return { kind: "variable", key: `${inPackage} ${name}`, package: inPackage, name };
}

/** `name` is qualified where it is not exported. */
export function field(holder: Type, name: string): Place {
  const { canonical } = holder;
  return { kind: "field", key: `.${canonical.id} ${name}`, holder: canonical, name };
}

export function content(kind: ContentKind, { canonical }: Type): Place {
  return { kind, key: `${kind}${canonical.id}`, type: canonical };
}

/** A function that is used as a value. */
export type FunctionValue =
  | { readonly kind: "function"; readonly id: string; readonly typeArguments: readonly Type[] }
  | { readonly kind: "literal"; readonly node: Node }
  | { readonly kind: "method"; readonly type: Type; readonly name: string }
  | { readonly kind: "missing"; readonly name: string };
