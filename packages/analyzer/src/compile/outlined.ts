/** Compiles a package together with its outline, and of a later version only what differs. */
import type { PackageScope } from "../declare/package-scope.ts";
import type { PackageFacts } from "../model/facts.ts";
import { childByField, end, F, type Node, type Span, start } from "../syntax/index.ts";
import { keptAs } from "./functions.ts";
import { keptFacts } from "./kept-facts.ts";
import { namePlaces } from "./name-facts.ts";
import { type MadeFacts, type OutlinedFile, outlineFiles, type PackageOutline } from "./outline.ts";
import {
  type CheckedPackage,
  type Compiled,
  type CompileWith,
  compile,
  type PackageInput,
} from "./package.ts";
import { type Unchanged, unchangedFunctions } from "./unchanged.ts";

export interface OutlinedPackage {
  readonly facts: PackageFacts;
  /** None where something was told that is not of one function alone: diagnostics. */
  readonly outline: PackageOutline | undefined;
}

/** A package held against an earlier version of it. */
export interface Compared {
  readonly files: readonly OutlinedFile[];
  readonly unchanged: Unchanged;
}

export function compileOutlined(input: PackageInput, checked: CheckedPackage): OutlinedPackage {
  return withOutline(input, checked, {
    files: outlineFiles(checked.scope),
    ...compile(input, checked, whole),
  });
}

/** Undefined if all may be changed. */
export function comparedWith(
  outline: PackageOutline,
  input: PackageInput,
  scope: PackageScope,
): Compared | undefined {
  const files = outlineFiles(scope);
  const unchanged = unchangedFunctions(outline, identityOf(input), files);
  return unchanged && { files, unchanged };
}

/** By file the bodies, without braces, of functions that are as they were; none where bodies say what imports are called. */
export function unchangedBodies({ files }: PackageInput, { files: outlined, unchanged }: Compared): Span[][] {
  return files.map(({ tree }, file) => {
    if (outlined[file]?.outline.guessed) return [];
    return [...(unchanged[file]?.keys() ?? [])].flatMap((node) => {
      const body = childByField(tree, node, F.body);
      return body < 0 ? [] : [{ start: start(tree, body) + 1, end: end(tree, body) - 1 }];
    });
  });
}

/**
 * Compiles what is not as it was in an earlier version, the rest is taken from the facts of that. Undefined if it cannot be told
 * for sure that compiling all would give the same.
 */
export function compileChanged(
  input: PackageInput,
  checked: CheckedPackage,
  { files, unchanged, before }: Compared & { readonly before: PackageFacts },
): OutlinedPackage | undefined {
  let refused = 0;
  const compiled = compile(input, checked, {
    ...whole,
    kept: (tables) => {
      const factsOf = keptFacts(before, tables);
      return (unit, declaration) => {
        const made = unchanged[declaration.file]?.get(declaration.node);
        if (made === undefined) return undefined;
        const facts = factsOf(made, { ...keptAs(unit, declaration), declaration });
        if (facts === undefined) refused++;
        return facts;
      };
    },
  });
  const outlined = refused === 0 ? withOutline(input, checked, { files, ...compiled }) : undefined;
  return outlined?.outline === undefined ? undefined : outlined;
}

const whole: CompileWith = { code: true, isWanted: () => true };

function identityOf({ files: _files, diagnostics: _diagnostics, ...identity }: PackageInput): string {
  return JSON.stringify(identity);
}

function withOutline(
  input: PackageInput,
  { scope }: CheckedPackage,
  { files, facts, compiled }: Compiled & Pick<Compared, "files">,
): OutlinedPackage {
  if (facts.diagnostics.length > 0) return { facts, outline: undefined };
  const made = files.map(() => new Map<Node, MadeFacts>());
  const names = namePlaces(scope);
  let first = 0;
  for (const { declaration, at, functions, counts } of compiled) {
    const name = names.get(declaration);
    const count = functions.length;
    made[declaration.file]?.set(at, { first, count, ...(name !== undefined && { name }), ...counts });
    first += count;
  }
  const outlined = files.map(({ outline, compiled: nodes }, file) => ({
    ...outline,
    declarations: outline.declarations.map((one, place) => {
      const found = (nodes[place] ?? []).map((node) => made[file]?.get(node));
      return found.length > 0 && found.every((facts) => facts !== undefined) ? { ...one, made: found } : one;
    }),
  }));
  return { facts, outline: { identity: identityOf(input), files: outlined } };
}
