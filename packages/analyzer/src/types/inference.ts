/** Type arguments of calls: given, or inferred from arguments and constraints (Go spec, Type inference). */
import type { Checker } from "./checker.ts";
import { functionValue, type Operand, type Value } from "./operand.ts";
import { select } from "./selection.ts";
import { bind, substitute, substituteSignature } from "./substitution.ts";
import { type BasicType, Is, type SignatureType, type Type, type TypeParameter } from "./type.ts";
import { constraintTerms, coreType, typeSet, underlying } from "./type-set.ts";
import { createUnifier, type Unifier } from "./unification.ts";

/** A generic signature with its first type parameters given; the others stay. */
export function instantiateSignature(
  checker: Checker,
  signature: SignatureType,
  given: readonly Type[],
): SignatureType {
  const { types } = checker;
  const { typeParameters } = signature;
  // Constraints of those that stay may speak of those that are given.
  const left = typeParameters
    .slice(given.length)
    .map(({ name, constraint }) => types.parameter(name, () => substitute(types, constraint(), bindings)));
  const bindings = bind(typeParameters, [...given, ...left]);
  const plain = substituteSignature(types, signature, bindings);
  return left.length === 0 ? plain : types.signature({ ...plain, typeParameters: left });
}

export interface InferredCall {
  readonly signature: SignatureType;
  readonly arguments: readonly Operand[];
  /** The last argument has dots: it is the slice of the variadic parameter. */
  readonly spread: boolean;
  /** Import path of the package that calls. */
  readonly from: string;
}

export interface InferredSignature {
  readonly signature: SignatureType;
  /** In the order of the signature's type parameters. */
  readonly typeArguments: readonly Type[];
  /** As given, but generic functions are the instances that are passed, where these could be inferred. */
  readonly arguments: readonly Operand[];
}

/**
 * The signature with which a function is called, if it is generic or gets a generic function. What
 * cannot be inferred becomes unknown.
 */
export function inferSignature(checker: Checker, call: InferredCall): InferredSignature {
  const { types } = checker;
  const signature = withFreshParameters(checker, call.signature);
  const values = call.arguments.map((argument) => typedArgument(checker, argument));
  const parameters = [...signature.typeParameters, ...values.flatMap((one) => one?.parameters ?? [])];
  const unifier = createUnifier(types, parameters, call.from);
  const untyped = new Map<TypeParameter, BasicType>();
  values.forEach((typed, index) => {
    const wanted = parameterType(signature, index, call.spread);
    if (typed === undefined || wanted === undefined) return;
    const { argument, parameters: own } = typed;
    if (!wanted.parametric && own.length === 0) return;
    if (isUntyped(argument.type)) noteUntyped(checker, { untyped, wanted, argument });
    else if (argument.type.kind !== "unknown") unifier.unify(wanted, argument.type);
  });
  fromConstraints(checker, parameters, unifier, call.from);
  for (const [parameter, type] of untyped) {
    if (unifier.boundTo(parameter) === undefined) unifier.set(parameter, defaultType(checker, type));
  }
  fromConstraints(checker, parameters, unifier, call.from);
  const bindings = solved(checker, parameters, unifier);
  const typeOf = (parameter: TypeParameter) => bindings.get(parameter) ?? types.unknown("not-inferred");
  return {
    signature: substituteSignature(types, signature, bindings),
    typeArguments: signature.typeParameters.map(typeOf),
    arguments: call.arguments.map((argument, index) => {
      const typed = values[index];
      return typed === undefined ? argument : instanceOf(checker, typed, typed.parameters.map(typeOf));
    }),
  };
}

/** A generic function with the rest of its type arguments; as it was unless all of them are known. */
function instanceOf(
  { types }: Checker,
  { argument, parameters, generic }: TypedArgument,
  list: readonly Type[],
): Operand {
  const { callable, typeArguments = [] } = generic;
  if (list.length === 0 || callable === undefined || list.some(({ kind }) => kind === "unknown"))
    return generic;
  const type = substitute(types, argument.type, bind(parameters, list));
  return functionValue(type, callable, [...typeArguments, ...list]);
}

/** Type parameters that occur in arguments, as in a recursive call, must not be mixed up with those that are inferred. */
function withFreshParameters({ types }: Checker, signature: SignatureType): SignatureType {
  const fresh = signature.typeParameters.map((parameter) =>
    types.parameter(parameter.name, () => substitute(types, parameter.constraint(), bindings)),
  );
  const bindings = bind(signature.typeParameters, fresh);
  const plain = substituteSignature(types, signature, bindings);
  return types.signature({ ...plain, typeParameters: fresh });
}

interface TypedArgument {
  /** As it was given. */
  readonly generic: Value;
  /** Of a generic function in terms of parameters of its own, which are free. */
  readonly argument: Value;
  readonly parameters: readonly TypeParameter[];
}

/** An argument that is a value. */
function typedArgument(checker: Checker, generic: Operand): TypedArgument | undefined {
  if (generic.mode !== "value") return undefined;
  const { type } = generic;
  if (type.kind !== "signature" || type.typeParameters.length === 0)
    return { generic, argument: generic, parameters: [] };
  const fresh = withFreshParameters(checker, type);
  const { parameters, results, variadic } = fresh;
  const plain = checker.types.signature({ parameters, results, variadic });
  return { generic, argument: { ...generic, type: plain }, parameters: fresh.typeParameters };
}

/** The type of the parameter that an argument is for. */
export function parameterType(signature: SignatureType, index: number, spread: boolean): Type | undefined {
  const { parameters, variadic } = signature;
  const last = parameters.length - 1;
  if (!variadic || index < last) return parameters[index]?.type;
  const list = parameters[last]?.type;
  return spread || list?.kind !== "slice" ? list : list.element;
}

interface UntypedArgument {
  readonly untyped: Map<TypeParameter, BasicType>;
  readonly wanted: Type;
  readonly argument: Value;
}

/** Of several untyped constants for one parameter the widest kind counts. */
function noteUntyped({ universe }: Checker, { untyped, wanted, argument }: UntypedArgument): void {
  if (wanted.kind !== "parameter" || argument.type === universe.untypedNil) return;
  const kinds: readonly Type[] = [
    universe.untypedInt,
    universe.untypedRune,
    universe.untypedFloat,
    universe.untypedComplex,
  ];
  const known = untyped.get(wanted);
  // Only untyped basic types come here.
  const type = argument.type as BasicType;
  if (known === undefined || kinds.indexOf(type) > kinds.indexOf(known)) untyped.set(wanted, type);
}

function isUntyped(type: Type): boolean {
  return type.kind === "basic" && (type.is & Is.untyped) !== 0;
}

/** The type that a value has where nothing else says one. */
export function defaultType({ universe }: Checker, type: Type): Type {
  switch (type) {
    case universe.untypedBool:
      return universe.bool;
    case universe.untypedInt:
      return universe.int;
    case universe.untypedRune:
      return universe.rune;
    case universe.untypedFloat:
      return universe.float64;
    case universe.untypedComplex:
      return universe.complex128;
    case universe.untypedString:
      return universe.string;
    default:
      return type;
  }
}

/** Constraints say more: core types, and the methods that a type must have. Repeated until nothing is new. */
function fromConstraints(
  checker: Checker,
  parameters: readonly TypeParameter[],
  unifier: Unifier,
  from: string,
): void {
  for (let round = 0; round <= parameters.length; round++) {
    const before = parameters.map(unifier.boundTo);
    for (const parameter of parameters) fromConstraint(checker, parameter, unifier, from);
    if (parameters.every((parameter, index) => unifier.boundTo(parameter) === before[index])) return;
  }
}

function fromConstraint(checker: Checker, parameter: TypeParameter, unifier: Unifier, from: string): void {
  const { types } = checker;
  const bound = unifier.boundTo(parameter);
  const terms = constraintTerms(types, parameter);
  const core = terms === undefined || terms.length === 0 ? undefined : coreType(types, parameter);
  const only = terms?.length === 1 ? terms[0] : undefined;
  if (core !== undefined) {
    if (bound !== undefined)
      unifier.unify(
        only !== undefined && !only.tilde ? only.type : core,
        under(checker, bound, only?.tilde ?? true),
      );
    else if (only !== undefined && !only.tilde) unifier.set(parameter, only.type);
    else if (only !== undefined) unifier.set(parameter, core);
    return;
  }
  if (bound === undefined) return;
  const constraint = underlying(types, parameter);
  if (constraint.kind !== "interface") return;
  for (const method of typeSet(types, constraint).methods.values()) {
    const found = select(types, bound, { name: method.name, from: method.package || from });
    if (found !== undefined && found.kind !== "field") unifier.unify(method.signature, found.signature, true);
  }
}

function under({ types }: Checker, type: Type, tilde: boolean): Type {
  return tilde ? underlying(types, type) : type;
}

function solved(
  { types }: Checker,
  all: readonly TypeParameter[],
  unifier: Unifier,
): ReadonlyMap<TypeParameter, Type> {
  const bindings = new Map<TypeParameter, Type>();
  for (const parameter of all)
    bindings.set(parameter, unifier.boundTo(parameter) ?? types.unknown("not-inferred"));
  // What was inferred may itself name parameters: put in what they stand for until none is left.
  for (let round = 0; round <= all.length; round++) {
    let changed = false;
    for (const [parameter, type] of bindings) {
      const next = substitute(types, type, bindings);
      if (next === type) continue;
      bindings.set(parameter, next);
      changed = true;
    }
    if (!changed) break;
  }
  return bindings;
}
