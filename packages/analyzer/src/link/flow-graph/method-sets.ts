/** Which function a method of a type is, also through embedded fields (Go spec, Method sets). */
import type { TypeTerm } from "../../model/flow-facts.ts";
import { formed } from "../../model/type-parts.ts";
import type { Declarations, DeclaredMethod } from "../declarations.ts";
import { signatureTerm, type TypeId, type TypeTable } from "./type-table.ts";

/** An embedded field, by the struct type that it is a field of. */
export interface EmbeddedField {
  readonly holder: TypeId;
  readonly field: string;
}

/** The name of a field with its type. */
export interface TypedField {
  readonly name: string;
  readonly type: TypeId;
}

export type FoundMethod =
  | {
      readonly kind: "functions";
      readonly methods: readonly DeclaredMethod[];
      readonly typeArguments: readonly TypeId[];
      /** What the receiver is, if the method is promoted. */
      readonly promoted: EmbeddedField | undefined;
    }
  /** Of an embedded interface. */
  | ({ readonly kind: "interface"; readonly type: TypeId } & EmbeddedField);

export interface MethodSets {
  /** Undefined if the type has no such method. Names that are not exported have their package in front. */
  readonly find: (type: TypeId, name: string) => FoundMethod | undefined;
  /** Signatures by name; undefined if the type is no interface. */
  readonly interfaceMethods: (type: TypeId) => ReadonlyMap<string, TypeId> | undefined;
  /** The interface in which a method of an interface is written: itself, or one that it embeds. */
  readonly owner: (type: TypeId, name: string) => TypeId;
  /** Whether a type has all methods of an interface; signatures of which something is unknown fit. */
  readonly implements: (type: TypeId, wanted: TypeId) => boolean;
  /** What is underneath a type, for each of its declarations. */
  readonly underlying: (type: TypeId) => readonly TypeId[];
  /** Names of all methods that a type may have, those of embedded fields too. */
  readonly names: (type: TypeId) => ReadonlySet<string>;
  /** The embedded fields of a struct type. */
  readonly embedded: (type: TypeId) => readonly TypedField[];
  /** The signature underneath a type; undefined if it is none of functions. */
  readonly signature: (type: TypeId) => TypeId | undefined;
}

export function createMethodSets(types: TypeTable, declared: Declarations): MethodSets {
  const found = new Map<string, Map<TypeId, FoundMethod | undefined>>();
  const under = new Map<TypeId, readonly TypeId[]>();
  const interfaces = new Map<TypeId, ReadonlyMap<string, TypeId> | undefined>();
  /** By interface, then type. */
  const implementing = new Map<TypeId, Map<TypeId, boolean>>();

  const underlying = (type: TypeId): readonly TypeId[] => {
    let known = under.get(type);
    if (known === undefined) under.set(type, (known = underlyingOf(type)));
    return known;
  };
  function underlyingOf(type: TypeId): readonly TypeId[] {
    const named = namedType(types.term(type));
    if (named === undefined) return [type];
    if (named.name === "error") return [errorType(types)];
    // Its declaration in package unsafe, a pointer to something, is there for readers only.
    if (named.name === "unsafe.Pointer") return [type];
    const facts = declared.types(named.name);
    if (facts.length === 0) return [type];
    return facts.map((one) => types.typeIn(one.pkg, one.facts.underlying, named.typeArguments));
  }

  const signatures = new Map<TypeId, TypeId | undefined>();
  const signature = (type: TypeId): TypeId | undefined => {
    let known = signatures.get(type);
    if (known === undefined && !signatures.has(type)) {
      known = underlying(type).find((one) => signatureTerm(types, one) !== undefined);
      signatures.set(type, known);
    }
    return known;
  };

  const interfaceMethods = (type: TypeId): ReadonlyMap<string, TypeId> | undefined => {
    if (!interfaces.has(type)) {
      interfaces.set(type, undefined);
      interfaces.set(type, interfaceMethodsOf(type));
    }
    return interfaces.get(type);
  };
  function interfaceMethodsOf(type: TypeId): ReadonlyMap<string, TypeId> | undefined {
    let methods: Map<string, TypeId> | undefined;
    for (const one of underlying(type)) {
      const term = formed(types.term(one), "interface");
      if (term === undefined) continue;
      methods ??= new Map();
      for (const [name, signature] of term[1]) methods.set(name, signature);
      for (const embedded of term[2])
        for (const [name, signature] of interfaceMethods(embedded) ?? none) methods.set(name, signature);
    }
    return methods;
  }

  const owner = (type: TypeId, name: string, depth = 0): TypeId => {
    for (const one of underlying(type)) {
      const term = formed(types.term(one), "interface");
      if (term === undefined || depth > depthLimit) continue;
      if (term[1].some(([own]) => own === name)) return type;
      const inner = term[2].find((embedded) => interfaceMethods(embedded)?.has(name) === true);
      if (inner !== undefined) return owner(inner, name, depth + 1);
    }
    return type;
  };

  const embeddings = new Map<TypeId, readonly TypedField[]>();
  const embedded = (type: TypeId): readonly TypedField[] => {
    let fields = embeddings.get(type);
    if (fields === undefined) {
      fields = underlying(type).flatMap((under) => embeddedFields(types.term(under)));
      embeddings.set(type, fields);
    }
    return fields;
  };

  const nameSets = new Map<TypeId, ReadonlySet<string>>();
  /** Types of which some names are not known: too many are embedded. */
  const cut = new Set<TypeId>();
  const names = (type: TypeId): ReadonlySet<string> => {
    let known = nameSets.get(type);
    if (known === undefined) nameSets.set(type, (known = namesOf(type)));
    return known;
  };
  function namesOf(type: TypeId): ReadonlySet<string> {
    const all = new Set<string>();
    const seen = new Set<TypeId>([type]);
    for (const at of seen) {
      const term = types.term(at);
      const [, target] = formed(term, "pointer") ?? none;
      if (target !== undefined) seen.add(target);
      const named = namedType(term);
      if (named !== undefined) for (const name of declared.methods(named.name)?.keys() ?? none) all.add(name);
      for (const name of interfaceMethods(at)?.keys() ?? none) all.add(name);
      if (seen.size > embeddedLimit) {
        cut.add(type);
        break;
      }
      for (const field of embedded(at)) seen.add(field.type);
    }
    return all;
  }

  const find = (type: TypeId, name: string): FoundMethod | undefined => {
    let byType = found.get(name);
    if (byType === undefined) found.set(name, (byType = new Map()));
    let method = byType.get(type);
    if (method === undefined && !byType.has(type)) byType.set(type, (method = search(type, name)));
    return method;
  };

  function search(start: TypeId, name: string): FoundMethod | undefined {
    const [type, pointer] = pointed(types, start);
    const itself: Embedded = { type, pointer, promoted: undefined };
    return methodAt(itself, name) ?? searchIn(itself, name);
  }

  /** Searches the embedded fields of a type, those of one depth after the other. */
  function searchIn(start: Embedded, name: string): FoundMethod | undefined {
    const seen = new Set<TypeId>([start.type]);
    let level = embeddedIn(start);
    for (let depth = 1; level.length > 0 && depth < depthLimit && seen.size < embeddedLimit; depth++) {
      const next: Embedded[] = [];
      for (const at of level) {
        if (seen.has(at.type)) continue;
        seen.add(at.type);
        const method = methodAt(at, name);
        if (method !== undefined) return method;
        next.push(...embeddedIn(at));
      }
      level = next;
    }
    return undefined;
  }

  function methodAt(at: Embedded, name: string): FoundMethod | undefined {
    return declaredMethod(at, name) ?? embeddedInterface(at, name);
  }

  function has(type: TypeId, name: string, wanted: TypeId): boolean {
    const method = find(type, name);
    if (method === undefined) return false;
    if (method.kind === "interface") return fits(interfaceMethods(method.type)?.get(name), wanted);
    return method.methods.some(({ fn }) => fits(declaredSignature(fn, method.typeArguments), wanted));
  }

  function fits(signature: TypeId | undefined, wanted: TypeId): boolean {
    return (
      signature === undefined || signature === wanted || types.isVague(signature) || types.isVague(wanted)
    );
  }

  function hasAll(type: TypeId, methods: ReadonlyMap<string, TypeId>): boolean {
    const known = names(type);
    if (!cut.has(type)) for (const name of methods.keys()) if (!known.has(name)) return false;
    for (const [name, signature] of methods) if (!has(type, name, signature)) return false;
    return true;
  }

  function declaredSignature(fn: number, typeArguments: readonly TypeId[]): TypeId | undefined {
    const { facts, pkg } = declared.functions[fn] ?? {};
    if (facts?.signature === undefined || pkg === undefined) return undefined;
    return types.typeIn(pkg, facts.signature, typeArguments);
  }

  function declaredMethod({ type, pointer, promoted }: Embedded, name: string): FoundMethod | undefined {
    const named = namedType(types.term(type));
    const all = named && declared.methods(named.name)?.get(name);
    if (named === undefined || all === undefined) return undefined;
    const methods = pointer ? all : all.filter((one) => !one.pointer);
    if (methods.length === 0) return undefined;
    return { kind: "functions", methods, typeArguments: named.typeArguments, promoted };
  }

  function embeddedInterface({ type }: Embedded, name: string): FoundMethod | undefined {
    for (const field of embedded(type)) {
      if (interfaceMethods(field.type)?.has(name) === true)
        return { kind: "interface", type: field.type, holder: type, field: field.name };
    }
    return undefined;
  }

  function embeddedIn({ type, pointer }: Embedded): Embedded[] {
    return embedded(type).map((field): Embedded => {
      const [inner, isPointer] = pointed(types, field.type);
      return {
        type: inner,
        pointer: pointer || isPointer,
        promoted: { holder: type, field: field.name },
      };
    });
  }

  return {
    find,
    owner: (type, name) => owner(type, name),
    interfaceMethods,
    underlying,
    signature,
    names,
    embedded,
    implements: (type, wanted) => {
      let ofInterface = implementing.get(wanted);
      if (ofInterface === undefined) implementing.set(wanted, (ofInterface = new Map()));
      let known = ofInterface.get(type);
      if (known === undefined) {
        const methods = interfaceMethods(wanted);
        ofInterface.set(type, (known = methods !== undefined && hasAll(type, methods)));
      }
      return known;
    },
  };
}

interface Embedded {
  readonly type: TypeId;
  /** Methods of the pointer to it count. */
  readonly pointer: boolean;
  readonly promoted: EmbeddedField | undefined;
}

const depthLimit = 50;
const embeddedLimit = 1000;

/** What a type points to, and that it does; another type is itself. */
export function pointed(types: TypeTable, type: TypeId): readonly [TypeId, boolean] {
  const pointer = formed(types.term(type), "pointer");
  return pointer === undefined ? [type, false] : [pointer[1], true];
}

/** A predeclared or declared type with its type arguments. */
export function namedType(
  term: TypeTerm,
): { readonly name: string; readonly typeArguments: readonly TypeId[] } | undefined {
  if (typeof term === "string") return { name: term, typeArguments: none };
  const [, name, ...typeArguments] = formed(term, "instance") ?? [];
  return name === undefined ? undefined : { name, typeArguments };
}

function embeddedFields(term: TypeTerm): readonly TypedField[] {
  const [, ...fields] = formed(term, "struct") ?? [];
  return fields.flatMap(([name, type, embedded]) => (embedded === 1 ? [{ name, type }] : []));
}

const none: readonly never[] = [];

/** What is underneath the predeclared type `error`. */
function errorType(types: TypeTable): TypeId {
  const text = types.intern("string");
  return types.intern(["interface", [["Error", types.intern(["func", [], [text]])]], []]);
}
