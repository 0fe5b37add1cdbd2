/** Type arguments in place of type parameters. */

import type { Field, InterfaceMethod, Parameter, SignatureType, Type, TypeParameter } from "./type.ts";
import type { TypeStore } from "./type-store.ts";

/** What stands for each parameter. Parameters that are not in it stay. */
export type Bindings = ReadonlyMap<TypeParameter, Type>;

/** The bindings of parameters to arguments, by place. */
export function bind(parameters: readonly TypeParameter[], types: readonly Type[]): Bindings {
  const bindings = new Map<TypeParameter, Type>();
  parameters.forEach((parameter, index) => {
    const type = types[index];
    if (type !== undefined && type !== parameter) bindings.set(parameter, type);
  });
  return bindings;
}

/** The type with its parameters replaced; the same object if none occurs. Linear in its size. */
export function substitute(types: TypeStore, type: Type, bindings: Bindings): Type {
  if (!type.parametric || bindings.size === 0) return type;
  const put = (inner: Type) => substitute(types, inner, bindings);
  switch (type.kind) {
    case "parameter":
      return bindings.get(type) ?? type;
    case "named":
      return types.named(type.declaration, type.arguments.map(put));
    case "alias":
      return types.alias(type.declaration, put(type.actual), type.arguments.map(put));
    case "pointer":
      return types.pointer(put(type.element));
    case "slice":
      return types.slice(put(type.element));
    case "array":
      return types.array(type.length, put(type.element));
    case "map":
      return types.map(put(type.key), put(type.element));
    case "channel":
      return types.channel(type.direction, put(type.element));
    case "struct":
      return types.struct(type.fields.map((field): Field => ({ ...field, type: put(field.type) })));
    case "tuple":
      return types.tuple(type.elements.map(put));
    case "signature":
      return substituteSignature(types, type, bindings);
    case "interface":
      return types.interface({
        methods: type.methods.map((method) => substituteMethod(types, method, bindings)),
        embedded: type.embedded.map(put),
        implicit: type.implicit,
      });
    case "union":
      return types.union(type.terms.map(({ tilde, type: term }) => ({ tilde, type: put(term) })));
    case "basic":
    case "unknown":
      return type;
    default:
      return type satisfies never;
  }
}

/** As `substitute`; the signature's own type parameters stay, unless they are bound. */
export function substituteSignature(
  types: TypeStore,
  signature: SignatureType,
  bindings: Bindings,
): SignatureType {
  if (bindings.size === 0 || !(signature.parametric || signature.typeParameters.length > 0)) return signature;
  const put = (parameter: Parameter): Parameter => ({
    name: parameter.name,
    type: substitute(types, parameter.type, bindings),
  });
  return types.signature({
    typeParameters: signature.typeParameters.filter((parameter) => !bindings.has(parameter)),
    parameters: signature.parameters.map(put),
    results: signature.results.map(put),
    variadic: signature.variadic,
  });
}

function substituteMethod(types: TypeStore, method: InterfaceMethod, bindings: Bindings): InterfaceMethod {
  return { ...method, signature: substituteSignature(types, method.signature, bindings) };
}
