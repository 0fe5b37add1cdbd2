/** Selectors: names of packages, fields, methods, method values and method expressions. */
import { childByField, F, K, kind, type Node, text } from "../syntax/index.ts";
import type { Place } from "./checker.ts";
import { meaningOperand } from "./meaning.ts";
import { chooseVariant } from "./object.ts";
import { type Callable, functionValue, type Operand, type UnsafeBuiltin, unknown, value } from "./operand.ts";
import { methodCallable, type Selection, select, unknownInside } from "./selection.ts";
import type { Parameter, SignatureType, Type } from "./type.ts";

/** `x.f`, also where the parser takes it for a qualified type. */
export function selectorExpression(place: Place, node: Node): Operand {
  const { tree } = place.file;
  const qualified = kind(tree, node) === K.qualified_type;
  const operandNode = childByField(tree, node, qualified ? F.package : F.operand);
  const member = childByField(tree, node, qualified ? F.name : F.field);
  if (member < 0) return unknown("syntax-error");
  const operand = qualified ? packageOperand(place, operandNode) : place.checker.evaluate(place, operandNode);
  return selectFrom(place, operand, member);
}

/** The name before the dot of a qualified type; it may be a variable's. */
function packageOperand(place: Place, node: Node): Operand {
  // A package_identifier is looked up like any identifier.
  return place.checker.evaluate(place, node);
}

function selectFrom(place: Place, operand: Operand, member: Node): Operand {
  const name = text(place.file.tree, member);
  switch (operand.mode) {
    case "package":
      return fromPackage(place, operand, { node: member, name });
    case "cgo": {
      if (cTypeName.test(name)) return { mode: "type", type: place.checker.types.unknown("cgo") };
      const callable: Callable = { kind: "cgo", name };
      place.observer?.use(member, callable);
      return unknown("cgo", callable);
    }
    case "value":
      return selectValue(place, operand.type, { node: member, name });
    case "type":
      return methodExpression(place, operand.type, { node: member, name });
    case "unknown":
      return unknown(operand.reason);
    case "builtin":
    case "unsafe":
      return unknown("invalid");
    default:
      return operand satisfies never;
  }
}

/** Names of C that can only be types (cmd/cgo). */
const cTypeName =
  /^(?:char|schar|uchar|u?short|u?int|u?long|u?longlong|float|double|complexfloat|complexdouble|size_t|u?intptr_t|u?int(?:8|16|32|64)_t|(?:struct|union|enum)_.+)$/u;

interface MemberNode {
  readonly node: Node;
  readonly name: string;
}

const unsafeNames: ReadonlySet<string> = new Set([
  "Alignof",
  "Offsetof",
  "Sizeof",
  "Slice",
  "SliceData",
  "String",
  "StringData",
  "Add",
]);

function fromPackage(
  place: Place,
  { path, package: imported }: Extract<Operand, { readonly mode: "package" }>,
  member: MemberNode,
): Operand {
  const { checker } = place;
  if (path === "unsafe") return fromUnsafe(place, member);
  const missing: Callable = { kind: "missing", package: path, name: member.name };
  if (imported === undefined) {
    place.observer?.use(member.node, missing);
    return unknown("missing-import", missing);
  }
  const object = chooseVariant(checker.session, imported.lookUp(member.name));
  if (object !== undefined) return meaningOperand(place, object, member);
  return unknown("unknown-name", missing);
}

function fromUnsafe({ checker, observer }: Place, { node, name }: MemberNode): Operand {
  if (name === "Pointer") {
    const type = checker.universe.unsafePointer;
    observer?.named?.(node, { kind: "local type", type });
    return { mode: "type", type };
  }
  if (!unsafeNames.has(name)) return unknown("unknown-name");
  // The set holds the names of UnsafeBuiltin.
  const builtin = name as UnsafeBuiltin;
  observer?.named?.(node, { kind: "unsafe builtin", name: builtin });
  return { mode: "unsafe", name: builtin };
}

function selectValue(place: Place, type: Type, member: MemberNode): Operand {
  const { checker, file } = place;
  const found = select(checker.types, type, { name: member.name, from: file.package });
  if (found === undefined) return notFound(place, type);
  place.observer?.selected?.(member.node, found);
  if (found.kind === "field") {
    place.observer?.named?.(member.node, found);
    return value(found.field.type);
  }
  return functionValue(found.signature, tellMethod(place, found, member), receiverArguments(found));
}

function notFound({ checker }: Place, type: Type): Operand {
  return unknown(unknownInside(checker.types, type) ?? "unknown-name");
}

/** What a selection names; told to the observer. */
function tellMethod(
  { observer }: Place,
  found: Exclude<Selection, { readonly kind: "field" }>,
  { node }: MemberNode,
): Callable {
  const callable = methodCallable(found);
  observer?.use(node, callable);
  observer?.named?.(node, { kind: "callable", callable, type: found.signature });
  return callable;
}

/** `T.M`: a function whose first parameter is the receiver. */
function methodExpression(place: Place, type: Type, member: MemberNode): Operand {
  const { checker, file } = place;
  const found = select(checker.types, type, { name: member.name, from: file.package });
  if (found === undefined || found.kind === "field") return notFound(place, type);
  place.observer?.selected?.(member.node, found);
  const callable = tellMethod(place, found, member);
  const name = found.kind === "method" ? found.method.receiverName : "";
  const expression = withReceiver(place, { name, type }, found.signature);
  return functionValue(expression, callable, receiverArguments(found));
}

function receiverArguments(found: Selection): readonly Type[] {
  return found.kind === "method" ? found.receiver.arguments : [];
}

/** The receiver has a name if the other parameters have. */
function withReceiver({ checker }: Place, receiver: Parameter, signature: SignatureType): Type {
  const named = (signature.parameters[0]?.name ?? "") !== "";
  const name = !named ? "" : receiver.name === "" ? "_" : receiver.name;
  return checker.types.signature({
    typeParameters: signature.typeParameters,
    parameters: [{ name, type: receiver.type }, ...signature.parameters],
    results: signature.results,
    variadic: signature.variadic,
  });
}
