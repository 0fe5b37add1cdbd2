/**
 * Method expressions: `T.M` takes a `T` where the method takes what `T` embeds, or points to. As values they are known by
 * the method alone.
 */
import type { SignatureTerm } from "../../model/type-parts.ts";
import { methodKey } from "../declarations.ts";
import type { FunctionToken, GraphParts } from "./graph.ts";
import type { FoundMethod } from "./method-sets.ts";
import { signatureTerm, type TypeId, type TypeTable } from "./type-table.ts";

type Known = Pick<GraphParts, "declared" | "types" | "methods">;

/** The signature of a method expression without the receiver; undefined of other values. */
export function expressedSignature({ declared, types }: Known, token: FunctionToken): TypeId | undefined {
  const isExpression =
    (token.kind === "function" && declared.functions[token.fn]?.facts.kind === "method") ||
    token.kind === "method";
  return isExpression && !token.bound ? withoutReceiver(types, token.signature) : undefined;
}

/** A signature without its first parameter; undefined without one. */
export function withoutReceiver(types: TypeTable, signature: TypeId | undefined): TypeId | undefined {
  const term = signatureTerm(types, signature);
  if (term === undefined || !hasReceiver(term)) return undefined;
  const [form, [, ...rest], results] = term;
  return types.intern([form, rest, results]);
}

/** What is variadic is no receiver. */
function hasReceiver([form, parameters]: SignatureTerm): boolean {
  return parameters.length > (form === "variadic" ? 1 : 0);
}

/** The method of the first parameter of a signature, if a method expression of that signature may be one of it. */
export function expressedMethod(
  { declared, types, methods }: Known,
  token: FunctionToken,
  signature: TypeId,
): FoundMethod | undefined {
  const receiver = signatureTerm(types, signature)?.[1][0];
  if (receiver === undefined) return undefined;
  if (token.kind === "method") {
    const found = methods.find(receiver, token.hub.name);
    return found?.kind === "interface" && found.type === token.hub.type ? found : undefined;
  }
  const fn = token.kind === "function" ? declared.functions[token.fn] : undefined;
  if (token.kind !== "function" || fn === undefined) return undefined;
  const found = methods.find(receiver, methodKey(fn.facts.id, fn.pkg.path));
  if (found?.kind !== "functions" || !found.methods.some((one) => one.fn === token.fn)) return undefined;
  return found.typeArguments.join() === token.instance.typeArguments.join() ? found : undefined;
}
