/**
 * Unification of types for inference (Go spec, Type unification; go/types unify.go). It
 * finds what type parameters must stand for so that two types match; whether a program
 * is correct is not its concern, so it lets more through than the Go compiler.
 */
import { select } from "./selection.ts";
import {
  type InterfaceType,
  type NamedType,
  type SignatureType,
  type Type,
  type TypeParameter,
  unalias,
} from "./type.ts";
import { typeSet, underlying } from "./type-set.ts";
import type { TypeStore } from "./type-store.ts";

export interface Unifier {
  /** Whether the types match, possibly after binding parameters; inexact as in assignments. */
  readonly unify: (x: Type, y: Type, exact?: boolean) => boolean;
  /** What the parameter stands for; undefined if that is not known. */
  readonly boundTo: (parameter: TypeParameter) => Type | undefined;
  readonly set: (parameter: TypeParameter, type: Type) => void;
}

/** What a parameter stands for; parameters that must be the same share one. */
interface Binding {
  type: Type | undefined;
}

const depthLimit = 100;

/** A unifier that binds these parameters. `from` is the package whose unexported methods can be seen. */
export function createUnifier(types: TypeStore, parameters: readonly TypeParameter[], from: string): Unifier {
  const bindings = new Map<TypeParameter, Binding>(parameters.map((one) => [one, { type: undefined }]));
  /** Pairs that are known to match: they say nothing new. */
  const matching = new Set<string>();
  let depth = 0;

  const isFree = (type: Type): type is TypeParameter => type.kind === "parameter" && bindings.has(type);

  /** From now on the two stand for the same. */
  function join(a: TypeParameter, b: TypeParameter): void {
    const [kept, dropped] = [bindings.get(a), bindings.get(b)];
    if (kept === undefined || dropped === undefined || kept === dropped) return;
    kept.type ??= dropped.type;
    for (const [parameter, binding] of bindings) if (binding === dropped) bindings.set(parameter, kept);
  }

  function unify(a: Type, b: Type, exact = false): boolean {
    if (a.canonical === b.canonical && !a.parametric) return true;
    if (depth > depthLimit) return false;
    const key = `${a.id} ${b.id} ${exact}`;
    if (matching.has(key)) return true;
    if (unifyTypes(a, b, exact)) matching.add(key);
    return matching.has(key);
  }

  function unifyTypes(a: Type, b: Type, exact: boolean): boolean {
    depth++;
    try {
      const [x, y] = [unalias(a), unalias(b)];
      // A parameter is bound to a type as it is spelt.
      if (isFree(x)) return unifyParameter(x, b, exact);
      return isFree(y) ? unifyParameter(y, a, exact) : unifyPlain(x, y, exact);
    } finally {
      depth--;
    }
  }

  function unifyPlain(a: Type, b: Type, exact: boolean): boolean {
    if (a === b) return true;
    if (!exact && (a.kind === "named") !== (b.kind === "named")) return unifyWithLiteral(a, b);
    if (a.kind === "named" && b.kind === "named") return unifyNamed(a, b, exact);
    return unifyStructure(a, b, exact);
  }

  function unifyParameter(parameter: TypeParameter, type: Type, exact: boolean): boolean {
    const binding = bindings.get(parameter);
    const plain = unalias(type);
    if (isFree(plain)) {
      const [one, other] = [binding?.type, bindings.get(plain)?.type];
      if (binding === bindings.get(plain)) return true;
      if (one !== undefined && other !== undefined) return unify(one, other, exact);
      join(parameter, plain);
      return true;
    }
    if (binding === undefined) return false;
    const bound = binding.type;
    if (bound === undefined) {
      binding.type = type;
      return true;
    }
    if (!unify(bound, type, exact)) return false;
    // Of two types that match inexactly the one with a name is kept, and the channel that can do more.
    const named = plain.kind === "named" && unalias(bound).kind !== "named";
    const twoWay =
      plain.kind === "channel" && plain.direction === "both" && unalias(bound).kind === "channel";
    if (!exact && (named || twoWay)) binding.type = type;
    return true;
  }

  /** A named type against a type literal. */
  function unifyWithLiteral(a: Type, b: Type): boolean {
    const [named, literal] = a.kind === "named" ? [a, b] : [b, a];
    const under = underlying(types, named);
    if (under.kind === "interface" && literal.kind !== "interface") return unifyMethods(under, literal);
    if (literal.kind === "interface" && under.kind !== "interface") return unifyMethods(literal, named);
    return unifyStructure(under, literal, false);
  }

  function unifyNamed(a: NamedType, b: NamedType, exact: boolean): boolean {
    if (a.declaration === b.declaration) {
      return a.arguments.every((one, index) => {
        const other = b.arguments[index];
        return other !== undefined && unify(one, other, true);
      });
    }
    if (exact) return false;
    const [x, y] = [underlying(types, a), underlying(types, b)];
    if (x.kind === "interface") return unifyMethods(x, b);
    return y.kind === "interface" && unifyMethods(y, a);
  }

  /** An interface against a type that should have its methods. */
  function unifyMethods(wanted: InterfaceType, type: Type): boolean {
    for (const method of typeSet(types, wanted).methods.values()) {
      const found = select(types, type, { name: method.name, from: method.package || from });
      if (found === undefined || found.kind === "field") return false;
      if (!unify(method.signature, found.signature, true)) return false;
    }
    return true;
  }

  function unifyStructure(a: Type, b: Type, exact: boolean): boolean {
    switch (a.kind) {
      case "pointer":
        return b.kind === "pointer" && unify(a.element, b.element, true);
      case "slice":
        return b.kind === "slice" && unify(a.element, b.element, true);
      case "array":
        return b.kind === "array" && unify(a.element, b.element, true);
      case "map":
        return b.kind === "map" && unify(a.key, b.key, true) && unify(a.element, b.element, true);
      case "channel":
        return (
          b.kind === "channel" && (!exact || a.direction === b.direction) && unify(a.element, b.element, true)
        );
      case "signature":
        return b.kind === "signature" && unifySignatures(a, b);
      case "struct":
        return (
          b.kind === "struct" &&
          a.fields.length === b.fields.length &&
          a.fields.every((field, index) => {
            const other = b.fields[index];
            return other?.name === field.name && unify(field.type, other.type, true);
          })
        );
      case "interface":
        return b.kind === "interface" ? unifyInterfaces(a, b) : !exact && unifyMethods(a, b);
      default:
        return a.canonical === b.canonical || (b.kind === "interface" && !exact && unifyMethods(b, a));
    }
  }

  function unifySignatures(a: SignatureType, b: SignatureType): boolean {
    if (a.parameters.length !== b.parameters.length || a.results.length !== b.results.length) return false;
    const pairs = [...a.parameters, ...a.results];
    const others = [...b.parameters, ...b.results];
    return pairs.every((one, index) => {
      const other = others[index];
      return other !== undefined && unify(one.type, other.type, true);
    });
  }

  function unifyInterfaces(a: InterfaceType, b: InterfaceType): boolean {
    const others = typeSet(types, b).methods;
    for (const [key, method] of typeSet(types, a).methods) {
      const other = others.get(key);
      if (other !== undefined && !unify(method.signature, other.signature, true)) return false;
    }
    return true;
  }

  return {
    unify,
    boundTo: (parameter) => bindings.get(parameter)?.type,
    set: (parameter, type) => {
      const binding = bindings.get(parameter);
      if (isFree(type)) join(parameter, type);
      else if (binding !== undefined) binding.type = type;
    },
  };
}
