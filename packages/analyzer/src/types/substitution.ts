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

/** The type with its parameters replaced; the same object if none occurs. Linear in the types that it is made of. */
export function substitute(types: TypeStore, type: Type, bindings: Bindings): Type {
  if (!type.parametric || bindings.size === 0) return type;
  const known = new Map<Type, Type>();
  const put = (inner: Type): Type => {
    if (!inner.parametric) return inner;
    let found = known.get(inner);
    if (found === undefined) known.set(inner, (found = replaced(types, inner, { bindings, put })));
    return found;
  };
  return put(type);
}

interface Replacement {
  readonly bindings: Bindings;
  /** What stands for a part of the type. */
  readonly put: (type: Type) => Type;
}

function replaced(types: TypeStore, type: Type, replacement: Replacement): Type {
  const { bindings, put } = replacement;
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
      return replacedSignature(types, type, replacement);
    case "interface":
      return types.interface({
        methods: type.methods.map((method) => replacedMethod(types, method, replacement)),
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
  const put = (type: Type) => substitute(types, type, bindings);
  return replacedSignature(types, signature, { bindings, put });
}

function replacedSignature(
  types: TypeStore,
  signature: SignatureType,
  { bindings, put }: Replacement,
): SignatureType {
  if (bindings.size === 0 || !(signature.parametric || signature.typeParameters.length > 0)) return signature;
  const inside = ({ name, type }: Parameter): Parameter => ({ name, type: put(type) });
  return types.signature({
    typeParameters: signature.typeParameters.filter((parameter) => !bindings.has(parameter)),
    parameters: signature.parameters.map(inside),
    results: signature.results.map(inside),
    variadic: signature.variadic,
  });
}

function replacedMethod(
  types: TypeStore,
  method: InterfaceMethod,
  replacement: Replacement,
): InterfaceMethod {
  return { ...method, signature: replacedSignature(types, method.signature, replacement) };
}
