/**
 * Types: what each name, selector and call of a package means, as the Go type checker
 * says. It infers and does not complain: what is wrong or missing becomes unknown, with a
 * reason. All builds are checked at once (see `varying.ts`). Follows the Go specification
 * and go/types; does not check that a program is correct, so that on broken code it may
 * resolve more than Go would. Bounded in depth; linear in the source but for bodies that
 * differ between builds, which are looked at once for each part.
 */
import type { BuildSets } from "../constraints/index.ts";
import type { Checker } from "./checker.ts";
import { expression } from "./expression.ts";
import type { PackageInterface } from "./object.ts";
import { body, statement } from "./statement.ts";
import { typeExpression } from "./type-expression.ts";
import { createTypeStore } from "./type-store.ts";
import { createUniverse } from "./universe.ts";

export type {
  CalleeKind,
  Checker,
  FunctionVariables,
  Named,
  ObservedCall,
  Observer,
} from "./checker.ts";
export { type Constant, constantText } from "./constant.ts";
export { exactConstant } from "./exact-constant.ts";
export { fullName } from "./full-name.ts";
export { parameterType } from "./inference.ts";
export { membersOf } from "./members.ts";
export type { LocalVariable, PackageInterface } from "./object.ts";
export type { Callable, Operand } from "./operand.ts";
export { methodCallable, type Selection } from "./selection.ts";
export { createSourcePackage, type SourcePackage } from "./source-package.ts";
export {
  type InterfaceMethod,
  Is,
  type SignatureType,
  type Type,
  type TypeDeclaration,
  type TypeParameter,
  type UnknownReason,
  unalias,
} from "./type.ts";
export { coreBytesOrString, coreType, underlying } from "./type-set.ts";
export { receiverString, typeParametersString, typeString } from "./type-string.ts";

export { inParts, merged as joinParts, type Part } from "./varying.ts";

export interface CheckerInput {
  readonly builds: BuildSets;
  readonly importPackage: (path: string) => PackageInterface | undefined;
}

export function createChecker({ builds, importPackage }: CheckerInput): Checker {
  const types = createTypeStore();
  // Sets are parted here, and what is left of one must not stand for all.
  const exact: BuildSets = { ...builds, minus: (a, b) => builds.and(a, builds.not(b)) };
  return {
    session: { builds: exact, current: builds.asked, settled: false, unparted: 0 },
    types,
    universe: createUniverse(types),
    importPackage,
    depth: 0,
    runs: 0,
    evaluate: expression,
    typeOf: typeExpression,
    body,
    statement,
  };
}
