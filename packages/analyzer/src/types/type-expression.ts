/** Type expressions: from syntax to types (Go spec, Types). */
import { stringValue } from "../declare/strings.ts";
import { childByField, childOfKind, children, F, K, kind, type Node, text } from "../syntax/index.ts";
import { type Checker, depthLimit, oneDeeper, type Place } from "./checker.ts";
import { instantiateAlias } from "./instantiation.ts";
import { lookUp } from "./names.ts";
import { chooseVariant, innerScope, type Meaning, type Scope } from "./object.ts";
import type { Callable } from "./operand.ts";
import { memberPackage } from "./selection.ts";
import { signatureType } from "./signature.ts";
import {
  type Field,
  type InterfaceMethod,
  type Type,
  type TypeDeclaration,
  type UnionTerm,
  unalias,
} from "./type.ts";
import { underlying } from "./type-set.ts";

/** The type that the node denotes; unknown with a reason if it denotes none. */
export function typeExpression(place: Place, node: Node, owner?: TypeDeclaration): Type {
  const { checker } = place;
  if (node < 0) return checker.types.unknown("syntax-error");
  if (checker.depth > depthLimit) {
    place.observer?.tooDeep(node);
    return checker.types.unknown("too-deep");
  }
  checker.depth++;
  try {
    const type = typeOfKind(place, node, owner);
    place.observer?.denoted?.(node, type);
    return type;
  } finally {
    checker.depth--;
  }
}

function typeOfKind(place: Place, node: Node, owner: TypeDeclaration | undefined): Type {
  const { checker, file } = place;
  const { tree } = file;
  const { types } = checker;
  const inField = (field: number) => checker.typeOf(place, childByField(tree, node, field));
  switch (kind(tree, node)) {
    case K.type_identifier:
    case K.identifier:
      return namedType(place, node);
    case K.qualified_type:
      return qualifiedType(place, childByField(tree, node, F.package), childByField(tree, node, F.name));
    case K.selector_expression:
      return qualifiedType(place, childByField(tree, node, F.operand), childByField(tree, node, F.field));
    case K.pointer_type:
      return types.pointer(checker.typeOf(place, lastTypeChild(place, node)));
    case K.parenthesized_type:
    case K.parenthesized_expression:
      return checker.typeOf(place, lastTypeChild(place, node), owner);
    case K.type_elem:
    case K.type_constraint:
      return unionType(place, node);
    case K.negated_type:
      return types.union([unionTerm(place, node)]);
    case K.slice_type:
      return types.slice(inField(F.element));
    case K.array_type:
      return types.array(arrayLength(place, childByField(tree, node, F.length)), inField(F.element));
    case K.implicit_length_array_type:
      return types.array(undefined, inField(F.element));
    case K.map_type:
      return types.map(inField(F.key), inField(F.value));
    case K.channel_type:
      return types.channel(direction(place, node), inField(F.value));
    case K.function_type:
      return signatureType(place, node);
    case K.struct_type:
      return types.struct(structFields(place, node));
    case K.interface_type:
      return interfaceType(place, node, owner);
    case K.generic_type:
      return genericType(
        place,
        childByField(tree, node, F.type),
        typeArguments(place, childByField(tree, node, F.type_arguments)),
      );
    case K.type_instantiation_expression:
    case K.index_expression: {
      const operand = checker.evaluate(place, node);
      return operand.mode === "type" ? operand.type : types.unknown("invalid");
    }
    case K.unary_expression: {
      const star = text(tree, childByField(tree, node, F.operator)) === "*";
      return star ? types.pointer(inField(F.operand)) : types.unknown("invalid");
    }
    default:
      return types.unknown("syntax-error");
  }
}

/** The type in parentheses, behind a star and the like. */
function lastTypeChild({ file: { tree } }: Place, node: Node): Node {
  const inside = children(tree, node).filter((child) => kind(tree, child) !== K.comment);
  return inside.find((child) => !punctuation.has(text(tree, child))) ?? -1;
}

const punctuation = new Set(["(", ")", "*", "~"]);

function namedType(place: Place, node: Node): Type {
  return typeNamed(place, node, lookUp(place, text(place.file.tree, node)));
}

function typeNamed({ checker, observer }: Place, node: Node, meaning: Meaning | undefined): Type {
  if (meaning !== undefined) observer?.named?.(node, meaning);
  return typeOfMeaning(checker, meaning);
}

/** The type that a meaning is; unknown if it is none. */
export function typeOfMeaning({ types }: Checker, meaning: Meaning | undefined): Type {
  switch (meaning?.kind) {
    case "type":
    case "alias":
      return meaning.type();
    case "local type":
    case "local alias":
      return meaning.type;
    case "cgo":
      return types.unknown("cgo");
    case "missing":
      return types.unknown("missing-import");
    case undefined:
      return types.unknown("unknown-name");
    default:
      return types.unknown("invalid");
  }
}

/** `pkg.T`. */
function qualifiedType(place: Place, qualifier: Node, member: Node): Type {
  const { checker, file } = place;
  const name = text(file.tree, member);
  const meaning = lookUp(place, text(file.tree, qualifier));
  if (meaning !== undefined) place.observer?.named?.(qualifier, meaning);
  switch (meaning?.kind) {
    case "import":
      if (meaning.package === undefined) return checker.types.unknown("missing-import");
      return typeNamed(place, member, chooseVariant(checker.session, meaning.package.lookUp(name)));
    case "unsafe":
      return name === "Pointer"
        ? typeNamed(place, member, { kind: "local type", type: checker.universe.unsafePointer })
        : checker.types.unknown("unknown-name");
    case "cgo":
      return checker.types.unknown("cgo");
    default:
      return checker.types.unknown(meaning === undefined ? "unknown-name" : "invalid");
  }
}

/** The types in `[...]`. */
export function typeArguments(place: Place, list: Node): Type[] {
  const { tree } = place.file;
  return children(tree, list)
    .filter((child) => !["[", "]", ","].includes(text(tree, child)) && kind(tree, child) !== K.comment)
    .map((child) => place.checker.typeOf(place, child));
}

function genericType(place: Place, base: Node, types: readonly Type[]): Type {
  return instantiateType(place.checker, place.checker.typeOf(place, base), types);
}

/** A generic type with arguments. */
export function instantiateType(checker: Checker, generic: Type, types: readonly Type[]): Type {
  if (generic.kind === "named") return checker.types.named(generic.declaration, types);
  if (generic.kind === "alias") return instantiateAlias(checker.types, generic.declaration, types);
  return generic;
}

/** A single type stands for itself; with `|` or `~` it is a union. */
function unionType(place: Place, node: Node): Type {
  const { tree } = place.file;
  const terms = children(tree, node).filter(
    (child) => text(tree, child) !== "|" && kind(tree, child) !== K.comment,
  );
  const [only] = terms;
  if (terms.length === 1 && only !== undefined && kind(tree, only) !== K.negated_type) {
    return place.checker.typeOf(place, only);
  }
  return place.checker.types.union(terms.map((term) => unionTerm(place, term)));
}

function unionTerm(place: Place, node: Node): UnionTerm {
  const { tree } = place.file;
  if (kind(tree, node) !== K.negated_type) return { tilde: false, type: place.checker.typeOf(place, node) };
  return { tilde: true, type: place.checker.typeOf(place, lastTypeChild(place, node)) };
}

function arrayLength(place: Place, node: Node): bigint | undefined {
  // What a length uses runs nowhere: told only to one that wants to know of types too.
  const observer = place.observer?.denoted === undefined ? undefined : place.observer;
  const operand = place.checker.evaluate({ ...place, observer }, node);
  return operand.mode === "value" && typeof operand.constant === "bigint" ? operand.constant : undefined;
}

function direction({ file: { tree } }: Place, node: Node): "both" | "send" | "receive" {
  const tokens = children(tree, node).map((child) => text(tree, child));
  if (tokens[0] === "<-") return "receive";
  return tokens[1] === "<-" ? "send" : "both";
}

function structFields(place: Place, node: Node): Field[] {
  const { tree } = place.file;
  const list = childOfKind(tree, node, K.field_declaration_list);
  if (list < 0) return [];
  return children(tree, list).flatMap((child) =>
    kind(tree, child) === K.field_declaration ? declaredFields(place, child) : [],
  );
}

function declaredFields(place: Place, node: Node): Field[] {
  const { checker, file } = place;
  const { tree } = file;
  const typeNode = childByField(tree, node, F.type);
  const tagNode = childByField(tree, node, F.tag);
  const tag = tagNode < 0 ? "" : (stringValue(text(tree, tagNode)) ?? "");
  const plain = checker.typeOf(place, typeNode);
  const names = children(tree, node).filter((child) => tree.fields[child] === F.name);
  if (names.length === 0) {
    const pointer = children(tree, node).some((child) => text(tree, child) === "*");
    const name = embeddedName(place, typeNode);
    const type = pointer ? checker.types.pointer(plain) : plain;
    return [{ name, type, embedded: true, tag, package: memberPackage(name, file.package) }];
  }
  return names.map((child) => {
    const name = text(tree, child);
    const field = { name, type: plain, embedded: false, tag, package: memberPackage(name, file.package) };
    place.observer?.named?.(child, { kind: "field", field, holder: undefined });
    return field;
  });
}

/** An embedded field goes by its type's name, without package and type arguments. */
function embeddedName({ file: { tree } }: Place, node: Node): string {
  const base = kind(tree, node) === K.generic_type ? childByField(tree, node, F.type) : node;
  return text(tree, kind(tree, base) === K.qualified_type ? childByField(tree, base, F.name) : base);
}

function interfaceType(place: Place, node: Node, owner: TypeDeclaration | undefined): Type {
  const { checker, file } = place;
  const { tree } = file;
  const methods: InterfaceMethod[] = [];
  const embedded: Type[] = [];
  for (const child of children(tree, node)) {
    const of = kind(tree, child);
    if (of === K.method_elem) {
      const nameNode = childByField(tree, child, F.name);
      const name = text(tree, nameNode);
      const signature = signatureType(place, child);
      const method = { name, package: memberPackage(name, file.package), signature, owner };
      const callable: Callable = { kind: "interface method", method };
      place.observer?.named?.(nameNode, { kind: "callable", callable, type: signature });
      methods.push(method);
    } else if (of === K.type_elem || of === K.type_constraint) embedded.push(checker.typeOf(place, child));
  }
  methods.sort((a, b) => compareKeys(a, b));
  return checker.types.interface({ methods, embedded });
}

function compareKeys(a: InterfaceMethod, b: InterfaceMethod): number {
  const [one, other] = [methodKey(a), methodKey(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** As go/types sorts methods: exported names before `_`, unexported ones by their package. */
function methodKey({ name, package: path }: InterfaceMethod): string {
  return path === "" ? name : `${path}.${name}`;
}

/** Declares type parameters in a new scope; they may name each other in their constraints. */
export function declareTypeParameters(place: Place, list: Node, parameters: readonly Type[]): Place {
  const scope: Scope = innerScope(place.scope);
  typeParameterNames(place, list).forEach((name, index) => {
    const type = parameters[index];
    if (type !== undefined && name !== "_") scope.names.set(name, { kind: "local type", type });
  });
  return { ...place, scope };
}

/** The names in a type parameter list, in order. */
export function typeParameterNames({ file: { tree } }: Place, list: Node): string[] {
  if (list < 0) return [];
  return parameterDeclarations(tree, list).flatMap((declaration) =>
    children(tree, declaration)
      .filter((child) => tree.fields[child] === F.name)
      .map((child) => text(tree, child)),
  );
}

/** For each name in a type parameter list the node of its constraint. */
export function constraintNodes({ file: { tree } }: Place, list: Node): Node[] {
  if (list < 0) return [];
  return parameterDeclarations(tree, list).flatMap((declaration) => {
    const constraint = childByField(tree, declaration, F.type);
    return children(tree, declaration)
      .filter((child) => tree.fields[child] === F.name)
      .map(() => constraint);
  });
}

function parameterDeclarations(tree: Place["file"]["tree"], list: Node): Node[] {
  return children(tree, list).filter((child) => kind(tree, child) === K.type_parameter_declaration);
}

/** The interface that a constraint stands for: one that is no interface limits the type itself. */
export function constraintType(place: Place, node: Node): Type {
  const { checker } = place;
  const { types } = checker;
  return oneDeeper(checker, () => {
    const type = checker.typeOf(place, node);
    const plain = unalias(type);
    if (plain.kind !== "union" && underlying(types, plain).kind === "interface") return type;
    if (plain.kind === "unknown") return type;
    return types.interface({ methods: [], embedded: [type], implicit: true });
  });
}
