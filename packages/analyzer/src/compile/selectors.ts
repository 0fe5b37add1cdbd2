/** Selectors: `pkg.Name`, `C.name`, method expressions, and `x.f`, which needs types. */
import { childByField, F, K, kind, type Node, text } from "../syntax/index.ts";
import { argumentFacts } from "./arguments.ts";
import { pointedType, uninstantiated, unparenthesized } from "./callee.ts";
import { type Context, record, unresolved } from "./recorder.ts";
import { lookUp, type Scope } from "./scope.ts";
import type { Unit } from "./unit.ts";

interface Selector {
  readonly node: Node;
  readonly use: "call" | "reference";
  /** The arguments, when it is called. */
  readonly operands?: readonly Node[];
}

/** Records what a selector names and returns the nodes in it that are still to be walked. */
export function recordSelector(
  context: Context,
  scope: Scope,
  { node, use, operands = [] }: Selector,
): Node[] {
  const { unit } = context.recorder;
  const { tree } = unit;
  // `pkg.F[T]` before a parenthesis is a qualified type to the grammar.
  const type = kind(tree, node) === K.qualified_type;
  const written = childByField(tree, node, type ? F.package : F.operand);
  const field = childByField(tree, node, type ? F.name : F.field);
  const name = text(tree, field);
  const operand = uninstantiated(unit, unparenthesized(unit, written));
  if ([K.identifier, K.package_identifier].includes(kind(tree, operand))) {
    const meaning = lookUp(unit, scope, text(tree, operand));
    if (meaning.kind === "import") {
      const target = { kind: "qualified", package: meaning.path, name } as const;
      record(context, { target, use, at: field, arguments: argumentFacts(unit, scope, operands) });
      return [];
    }
    if (meaning.kind === "cgo") {
      const given = argumentFacts(unit, scope, operands);
      record(context, { target: { kind: "cgo", name }, use, at: field, arguments: given });
      return [];
    }
  }
  const ids = methodExpression(unit, scope, { operand, name });
  for (const id of ids) record(context, { target: { kind: "function", id }, use, at: field });
  if (ids.length > 0) return [];
  if (use === "call") record(context, { target: unresolved("method", name), use, at: field });
  return [written];
}

/** The methods that `T.name` or `(*T).name` names: several if builds differ, none if T is no type that declares it. */
function methodExpression(
  unit: Unit,
  scope: Scope,
  { operand, name }: { readonly operand: Node; readonly name: string },
): string[] {
  const { tree } = unit;
  const pointed = pointedType(unit, scope, operand);
  const type = pointed >= 0 ? pointed : operand;
  if (![K.identifier, K.type_identifier].includes(kind(tree, type))) return [];
  const typeName = text(tree, type);
  const meaning = lookUp(unit, scope, typeName);
  if (meaning.kind !== "declared" || !meaning.declarations.some((one) => one.kind === "type")) return [];
  const methods = unit.pkg.methods.get(`${typeName}.${name}`) ?? [];
  const ids = methods.map(({ receiver }) => receiver && methodId(unit.packagePath, receiver, name));
  return [...new Set(ids.filter((id) => id !== undefined))];
}

/** `(pkg.T).M` or `(*pkg.T).M`. */
export function methodId(
  packagePath: string,
  receiver: { readonly type: string; readonly pointer: boolean },
  name: string,
): string {
  return `(${receiver.pointer ? "*" : ""}${packagePath}.${receiver.type}).${name}`;
}
