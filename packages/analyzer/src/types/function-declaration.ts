/** Declared functions and methods: their signatures, and the place in which their bodies stand. */
import type { BuildSet } from "../constraints/index.ts";
import type { FunctionDeclaration } from "../declare/package-scope.ts";
import { childByField, childOfKind, children, F, K, kind, type Node, text } from "../syntax/index.ts";
import type { Place } from "./checker.ts";
import { chooseVariant, innerScope } from "./object.ts";
import { parameters, signatureType } from "./signature.ts";
import type { SignatureType, TypeParameter } from "./type.ts";
import {
  constraintNodes,
  constraintType,
  declareTypeParameters,
  typeParameterNames,
} from "./type-expression.ts";
import { createVarying } from "./varying.ts";

export interface SourceFunction {
  readonly declaration: FunctionDeclaration;
  readonly builds: BuildSet;
  /** Of a method: without its receiver. */
  readonly signature: () => SignatureType;
  /** The name of the receiver; empty if there is none. */
  readonly receiverName: string;
  /** Names of the receiver's type parameters, as this declaration writes them. */
  readonly receiverParameters: readonly TypeParameter[];
  /** Where signature and body stand: inside the declaration's type parameters. */
  readonly place: () => Place;
  /** The receiver as the only parameter of a signature; without any for a function. */
  readonly receiver: () => SignatureType;
}

export interface FunctionInput {
  readonly declaration: FunctionDeclaration;
  readonly path: string;
  readonly domain: BuildSet;
}

export function declaredFunction(outer: Place, { declaration, domain }: FunctionInput): SourceFunction {
  const { checker, file } = outer;
  const { tree } = file;
  const { types, session } = checker;
  const { node } = declaration;
  const receiverNode = childByField(tree, node, F.receiver);
  const receiverNames =
    receiverNode < 0 ? [] : receiverParameterNodes(outer, receiverNode).map((name) => text(tree, name));
  const receiverParameters = receiverNames.map((name, index) =>
    types.parameter(name, () => receiverConstraint(index)),
  );
  const list = childByField(tree, node, F.type_parameters);
  const constraints = constraintNodes(outer, list);
  const own = typeParameterNames(outer, list).map((name, index) => {
    const constraint = createVarying(session, {
      domain,
      compute: () => constraintType(place(), constraints[index] ?? -1),
      inCycle: () => types.unknown("cycle"),
      outside: () => types.unknown("unknown-name"),
    });
    return types.parameter(name, constraint);
  });

  /** Constraints of a receiver's parameters are those of the type's own. */
  function receiverConstraint(index: number) {
    const object = chooseVariant(session, file.lookUp(declaration.receiver?.type ?? ""));
    const parameter = object?.kind === "type" ? object.declaration.typeParameters()[index] : undefined;
    return parameter?.constraint() ?? types.unknown("unknown-name");
  }

  let made: Place | undefined;
  function place(): Place {
    if (made !== undefined) return made;
    const scope = innerScope(undefined);
    receiverNames.forEach((name, index) => {
      const type = receiverParameters[index];
      if (type !== undefined && name !== "_") scope.names.set(name, { kind: "local type", type });
    });
    made = { ...outer, scope };
    if (list >= 0) made = declareTypeParameters(made, list, own);
    return made;
  }

  const none = types.signature({ parameters: [], results: [], variadic: false });
  return {
    declaration,
    builds: domain,
    receiverName: receiverName(outer, receiverNode),
    receiverParameters,
    place,
    signature: createVarying(session, {
      domain,
      compute: () => signatureType(place(), node, own),
      inCycle: () => none,
      outside: () => none,
    }),
    receiver: () =>
      receiverNode < 0
        ? none
        : types.signature({ parameters: parameters(place(), receiverNode), results: [], variadic: false }),
  };
}

function receiverName({ file: { tree } }: Place, receiver: Node): string {
  const name = childByField(tree, childOfKind(tree, receiver, K.parameter_declaration), F.name);
  return name < 0 ? "" : text(tree, name);
}

/** The identifiers in the brackets of a receiver such as `(l *List[T])`. */
function receiverParameterNodes({ file: { tree } }: Place, receiver: Node): Node[] {
  let node = childByField(tree, childOfKind(tree, receiver, K.parameter_declaration), F.type);
  while (node >= 0) {
    if (kind(tree, node) === K.generic_type) {
      const list = childByField(tree, node, F.type_arguments);
      return children(tree, list).filter(
        (child) => kind(tree, child) === K.type_elem || kind(tree, child) === K.type_identifier,
      );
    }
    node =
      children(tree, node).find((child) =>
        [K.generic_type, K.pointer_type, K.parenthesized_type].includes(kind(tree, child)),
      ) ?? -1;
  }
  return [];
}
