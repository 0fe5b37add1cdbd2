/** What is behind a type: its underlying type, the methods and terms of an interface, core types (Go spec). */
import { bind, substitute } from "./substitution.ts";
import {
  type AliasType,
  type InterfaceMethod,
  type InterfaceType,
  type NamedType,
  type Type,
  type TypeParameter,
  type UnionTerm,
  unalias,
} from "./type.ts";
import type { TypeStore } from "./type-store.ts";

/** A type that is neither named nor an alias; of a type parameter its constraint's interface. */
export type Underlying = Exclude<Type, NamedType | AliasType | TypeParameter>;

/** How deep types are followed into each other. */
const depthLimit = 100;

/** How many interfaces are looked at for one: instances may embed each other without end. */
export const interfaceLimit = 1000;

/** The type underneath a type, in the current builds. */
export function underlying(types: TypeStore, type: Type, depth = 0): Underlying {
  if (depth > depthLimit) return types.unknown("too-deep");
  switch (type.kind) {
    case "alias":
      return underlying(types, type.actual, depth + 1);
    case "parameter":
      return underlying(types, type.constraint(), depth + 1);
    case "named": {
      const { declaration } = type;
      const generic = declaration.underlying();
      if (type.arguments.length === 0 || !generic.parametric) return underlying(types, generic, depth + 1);
      return underlying(types, instanceOf(types, type, generic), depth + 1);
    }
    default:
      return type;
  }
}

/** What is underneath instances, and what of: that of a generic type may differ between builds. */
const instances = new WeakMap<NamedType, { readonly generic: Type; readonly bound: Type }>();

function instanceOf(types: TypeStore, type: NamedType, generic: Type): Type {
  const known = instances.get(type);
  if (known?.generic === generic) return known.bound;
  const bound = substitute(types, generic, bind(type.declaration.typeParameters(), type.arguments));
  instances.set(type, { generic, bound });
  return bound;
}

export interface TypeSet {
  /** All methods by name, embedded ones too; an unexported one by `path name`. */
  readonly methods: ReadonlyMap<string, InterfaceMethod>;
  /** The types that it is limited to; undefined if it is not. */
  readonly terms: readonly UnionTerm[] | undefined;
}

/** The key of a method or field name, which tells unexported names of different packages apart. */
export function memberKey(name: string, path: string): string {
  return path === "" ? name : `${path} ${name}`;
}

/** Sets of interfaces that are embedded, each found once; one that is being found has nothing yet. */
type Known = Map<InterfaceType, TypeSet>;

/** The type set of an interface, in the current builds. Linear in what it embeds. */
export function typeSet(types: TypeStore, type: InterfaceType): TypeSet {
  return knownSet(types, type, new Map());
}

function knownSet(types: TypeStore, type: InterfaceType, known: Known): TypeSet {
  const found = known.get(type);
  if (found !== undefined) return found;
  known.set(type, { methods: noMethods, terms: undefined });
  const set = ownSet(types, type, known);
  known.set(type, set);
  return set;
}

function ownSet(types: TypeStore, type: InterfaceType, known: Known): TypeSet {
  const methods = new Map<string, InterfaceMethod>();
  for (const method of type.methods) methods.set(memberKey(method.name, method.package), method);
  let terms: readonly UnionTerm[] | undefined;
  if (known.size > interfaceLimit) return { methods, terms };
  for (const embedded of type.embedded) {
    const inner = embeddedSet(types, embedded, known);
    for (const [key, method] of inner.methods) if (!methods.has(key)) methods.set(key, method);
    terms = intersect(types, terms, inner.terms);
  }
  return { methods, terms };
}

const noMethods: ReadonlyMap<string, InterfaceMethod> = new Map();

function embeddedSet(types: TypeStore, embedded: Type, known: Known): TypeSet {
  const plain = unalias(embedded);
  if (plain.kind === "union") {
    const terms = plain.terms.map((term) => termsOf(types, term, known));
    const all = terms.some((one) => one === undefined);
    return { methods: noMethods, terms: all ? undefined : distinct(terms.flatMap((one) => one ?? [])) };
  }
  const under = underlying(types, plain);
  if (under.kind === "interface") return knownSet(types, under, known);
  if (under.kind === "unknown") return { methods: noMethods, terms: undefined };
  return { methods: noMethods, terms: [{ tilde: false, type: embedded }] };
}

function termsOf(types: TypeStore, term: UnionTerm, known: Known): readonly UnionTerm[] | undefined {
  const under = underlying(types, term.type);
  if (under.kind === "interface") return knownSet(types, under, known).terms;
  return [term];
}

function distinct(terms: readonly UnionTerm[]): UnionTerm[] {
  return [...new Map(terms.map((term) => [`${term.tilde} ${term.type.id}`, term])).values()];
}

function intersect(
  types: TypeStore,
  a: readonly UnionTerm[] | undefined,
  b: readonly UnionTerm[] | undefined,
): readonly UnionTerm[] | undefined {
  if (a === undefined) return b;
  if (b === undefined) return a;
  const loose = ({ tilde, type }: UnionTerm) => (tilde ? type.canonical : underlying(types, type).canonical);
  const exact = new Set(b.map(({ type }) => type.canonical));
  const tildes = new Set(b.filter(({ tilde }) => tilde).map(loose));
  const all = new Set(b.map(loose));
  return a.filter((term) => exact.has(term.type.canonical) || (term.tilde ? all : tildes).has(loose(term)));
}

/** The terms of what a type parameter is bound by; undefined if there are none. */
export function constraintTerms(
  types: TypeStore,
  parameter: TypeParameter,
): readonly UnionTerm[] | undefined {
  const constraint = underlying(types, parameter);
  return constraint.kind === "interface" ? typeSet(types, constraint).terms : undefined;
}

/**
 * The one type that all types of a type parameter's set have underneath; the underlying type
 * of any other type. Channels that differ in direction only agree on the restricted one.
 */
export function coreType(types: TypeStore, type: Type): Underlying | undefined {
  const plain = unalias(type);
  if (plain.kind !== "parameter") return underlying(types, plain);
  const terms = constraintTerms(types, plain);
  if (terms === undefined || terms.length === 0) return undefined;
  let core: Underlying | undefined;
  for (const term of terms) {
    const under = coreType(types, term.type);
    if (under === undefined) return undefined;
    if (core === undefined || core.canonical === under.canonical) core ??= under;
    else if (
      core.kind === "channel" &&
      under.kind === "channel" &&
      sameElement(core.element, under.element)
    ) {
      if (core.direction === "both") core = under;
    } else return undefined;
  }
  return core;
}

function sameElement(a: Type, b: Type): boolean {
  return a.canonical === b.canonical;
}

/** As `coreType`, but strings and byte slices together count as a byte slice (append, copy, slicing). */
export function coreBytesOrString(types: TypeStore, type: Type): Underlying | undefined {
  const core = coreType(types, type);
  if (core !== undefined) return core;
  const plain = unalias(type);
  if (plain.kind !== "parameter") return undefined;
  const kinds = (constraintTerms(types, plain) ?? []).map((term) => underlying(types, term.type));
  return kinds.find((one) => one.kind === "slice") ?? kinds[0];
}
