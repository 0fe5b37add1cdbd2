/** The signature of a declared function, as text that can be written again. */
import {
  childByField,
  children,
  F,
  type FlatTree,
  K,
  kind,
  type Node,
  text,
} from "../../../packages/analyzer/src/syntax/index.ts";
import type { Unit } from "./units.ts";

export interface SignatureText {
  /** A type for each parameter; that of the last is an element's if `variadic`. */
  readonly parameters: readonly string[];
  readonly variadic: boolean;
  readonly results: readonly string[];
}

/** Undefined for what is generic: its types cannot be written elsewhere. */
export function signatureOf({ file: { tree }, node, receiver }: Unit): SignatureText | undefined {
  if (childByField(tree, node, F.type_parameters) >= 0) return undefined;
  if (receiver !== undefined && text(tree, childByField(tree, node, F.receiver)).includes("["))
    return undefined;
  const { types, variadic } = typesIn(tree, childByField(tree, node, F.parameters));
  return { parameters: types, variadic, results: resultTypes(tree, node) };
}

/** The types of the results of a declaration, as written. */
export function resultTypes(tree: FlatTree, node: Node): string[] {
  const result = childByField(tree, node, F.result);
  if (result < 0) return [];
  return kind(tree, result) === K.parameter_list ? typesIn(tree, result).types : [text(tree, result)];
}

function typesIn(tree: FlatTree, list: Node): { readonly types: string[]; readonly variadic: boolean } {
  const declarations = children(tree, list).filter((child) =>
    [K.parameter_declaration, K.variadic_parameter_declaration].includes(kind(tree, child)),
  );
  return {
    types: declarations.flatMap((one) => {
      const names = children(tree, one).filter((child) => tree.fields[child] === F.name);
      const type = text(tree, childByField(tree, one, F.type));
      return Array.from({ length: Math.max(1, names.length) }, () => type);
    }),
    variadic: declarations.some((one) => kind(tree, one) === K.variadic_parameter_declaration),
  };
}

/** The parameters with names `p0`, `p1` and so on, which types do not have; `first` comes before them. */
export function parameterList(
  { parameters, variadic }: SignatureText,
  first: readonly string[] = [],
): string {
  const written = parameters.map((type, index) => `p${index} ${dots(index, parameters, variadic)}${type}`);
  return `(${[...first, ...written].join(", ")})`;
}

/** The same parameters as arguments of a call. */
export function argumentList({ parameters, variadic }: SignatureText): string {
  return `(${parameters.map((_, index) => `p${index}${dots(index, parameters, variadic)}`).join(", ")})`;
}

/** The type of the function; `first` is the type of a receiver that comes as the first argument. */
export function functionType(signature: SignatureText, first: readonly string[] = []): string {
  const { parameters, variadic } = signature;
  const types = parameters.map((type, index) => dots(index, parameters, variadic) + type);
  return `func(${[...first, ...types].join(", ")})${resultList(signature)}`;
}

/** With a blank in front; empty without results. */
export function resultList({ results }: Pick<SignatureText, "results">): string {
  if (results.length === 0) return "";
  return results.length === 1 ? ` ${results[0]}` : ` (${results.join(", ")})`;
}

/** A statement that hands on what a call gives. */
export function handOn({ results }: SignatureText, call: string): string {
  return results.length === 0 ? call : `return ${call}`;
}

/** The receiver as a method of its type declares it. */
export function receiverType({ receiver }: Unit): string {
  return receiver === undefined ? "" : `${receiver.pointer ? "*" : ""}${receiver.type}`;
}

function dots(index: number, parameters: readonly string[], variadic: boolean): string {
  return variadic && index === parameters.length - 1 ? "..." : "";
}
