/**
 * Compile: the files of a package in, its facts out. What names, selectors and calls mean
 * is the type checker's word (stage `types`); here it is written down, function by
 * function. A use of a function as a value counts like a call. Each body is checked once
 * for each part of its builds that has answers of its own, and the parts are joined.
 */

import type { BuildSet } from "../constraints/index.ts";
import { exposedTypes } from "../declare/exposed-types.ts";
import { specNames } from "../declare/lists.ts";
import {
  type FunctionDeclaration,
  inSourceOrder,
  isInit,
  type PackageFile,
  type PackageScope,
  type VariableDeclaration,
} from "../declare/package-scope.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { AssemblyFacts, DirectiveFacts, FunctionFacts, PackageFacts, Target } from "../model/facts.ts";
import { childByField, F, text } from "../syntax/index.ts";
import type { Checker, Part, SourcePackage } from "../types/index.ts";
import { mergeCode } from "./code/merge.ts";
import { type CompiledDeclaration, type DeclarationCounts, diagnosticsOf } from "./diagnostics.ts";
import { directivesOf } from "./directives.ts";
import { type TypeKnowledge, typeKnowledge } from "./flows/contents.ts";
import { declaredTypes } from "./flows/declared-types.ts";
import { createFieldBudget, type FieldBudget, mayMove } from "./flows/field-budget.ts";
import { mergeFlows } from "./flows/merge.ts";
import { createTables, type Parameters, type Tables } from "./flows/tables.ts";
import { type CompiledBody, functionFacts, initializerFacts, type Unit } from "./functions.ts";
import type { KeptFacts } from "./kept-facts.ts";
import { inOrderOfMention } from "./moved-facts.ts";
import { nameFacts } from "./name-facts.ts";
import {
  type BodyObserver,
  type MergedBody,
  mergeParts,
  observeBody,
  withLiterals,
} from "./observed-body.ts";
import { type VariableCode, variableCode } from "./written-code.ts";

/** What is known of a package whatever its files are: unread, read or parsed. Plain. */
export interface PackageIdentity {
  readonly path: string;
  /** The name in its package clause. */
  readonly name: string;
  readonly apart: boolean;
  /** Whether an import can name it. */
  readonly importable: boolean;
  /** Of files set apart: the package whose names they see. It is compiled together with them. */
  readonly beside?: string;
  /** `path@version` of the module that it is of, if that is not the one that is analysed. */
  readonly module?: string;
  readonly assembly: readonly AssemblyFacts[];
}

/** What is compiled together: the files of one directory with one package clause. */
export interface PackageInput extends PackageIdentity {
  /** In byte order of their names. */
  readonly files: readonly PackageFile[];
  /** Of reading and parsing the files. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The package as the checker has it. */
export interface CheckedPackage {
  readonly checker: Checker;
  readonly scope: PackageScope;
  readonly source: SourcePackage;
}

/** What is wanted of a package besides what is always told. */
export interface CompileOptions {
  /** What functions compute, for working out constants. */
  readonly code: boolean;
  /** The names of the functions whose bodies are compiled, of methods as `T.M`; all if it is not given. */
  readonly wanted?: ReadonlySet<string> | undefined;
}

export function compilePackage(
  input: PackageInput,
  checked: CheckedPackage,
  { code, wanted }: CompileOptions,
): PackageFacts {
  const isWanted = (name: string) => wanted === undefined || wanted.has(name);
  return compile(input, checked, { code, isWanted }).facts;
}

export interface CompileWith {
  readonly code: boolean;
  readonly isWanted: (name: string) => boolean;
  /** What need not be compiled. */
  readonly kept?: (tables: Tables) => KnownFacts;
}

/** Facts of a function or an initialiser, if they are known. */
export type KnownFacts = (
  unit: Unit,
  declaration: FunctionDeclaration | VariableDeclaration,
) => KeptFacts | undefined;

export interface Compiled {
  readonly facts: PackageFacts;
  /** In the order of their facts. */
  readonly compiled: readonly CompiledDeclaration[];
}

/** Facts, and which of them were made of which declaration. */
export function compile(
  input: PackageInput,
  checked: CheckedPackage,
  { code, isWanted, kept }: CompileWith,
): Compiled {
  const { scope } = checked;
  const directives = input.files.flatMap((file, index) => directivesOf(file.tree, index));
  const tables = createTables(input.path);
  const units = makeUnits(input, checked, directives);
  const all = compileDeclarations(checked, units, { tables, isWanted, code, kept: kept?.(tables) });
  // What nothing leads to need not be analysed in full, whether or not it was.
  const compiled = input.module === undefined ? all : all.map(withDiagnostics);
  const codes = new Map(
    compiled.flatMap(({ declaration, variable }) => (variable ? [[declaration, variable] as const] : [])),
  );
  const sum = (of: keyof DeclarationCounts) => compiled.reduce((total, { counts }) => total + counts[of], 0);
  const facts: PackageFacts = {
    path: input.path,
    name: input.name,
    apart: input.apart,
    ...(input.module !== undefined && { module: input.module }),
    files: input.files.map((file, index) => ({
      name: file.tree.source.file,
      builds: file.builds,
      bytes: file.bytes,
      imports: scope.imports[index]?.all ?? [],
    })),
    functions: compiled.flatMap(({ functions }) => functions),
    names: nameFacts(scope, codes),
    declaredTypes: declaredTypes(checked.checker, checked.source, tables),
    types: tables.types,
    places: tables.places,
    functionValues: tables.functionValues,
    directives,
    assembly: input.assembly,
    diagnostics: [...input.diagnostics, ...(input.module === undefined ? diagnosticsOf(compiled) : [])],
    callSites: sum("callSites"),
    dynamic: sum("dynamic"),
    unresolved: sum("unresolved"),
  };
  // Packages of the module itself are compiled in parts, see `outlined.ts`.
  return { facts: code && input.module === undefined ? inOrderOfMention(facts) : facts, compiled };
}

function makeUnits(
  input: PackageInput,
  { checker, scope }: CheckedPackage,
  directives: readonly DirectiveFacts[],
): Unit[] {
  const exposed = exposedTypes(scope);
  // Files set apart may have methods of types of the package beside them.
  const isExposed = (type: string) => exposed.has(type) || !scope.names.has(type);
  const cgoExports = new Set(directives.filter((one) => one.kind === "cgo-export").map((one) => one.text));
  const { builds } = checker.session;
  return input.files.map((file, index) => ({
    tree: file.tree,
    file: index,
    builds: builds.and(builds.asked, builds.narrow(builds.parse(file.builds))),
    test: file.test,
    packagePath: input.path,
    packageName: input.name,
    cgoExports,
    isExposed,
    buildSets: builds,
  }));
}

function withDiagnostics(one: CompiledDeclaration): CompiledDeclaration {
  const [fn, ...closures] = one.functions;
  const diagnostics = diagnosticsOf([one]);
  return fn === undefined || diagnostics.length === 0
    ? one
    : { ...one, functions: [{ ...fn, diagnostics }, ...closures] };
}

interface Compiling {
  readonly tables: Tables;
  readonly isWanted: (name: string) => boolean;
  readonly code: boolean;
  readonly kept: KnownFacts | undefined;
}

/** Functions, and variables that have an initialiser of their own, in source order. */
function compileDeclarations(
  { checker, scope, source }: CheckedPackage,
  units: readonly Unit[],
  { tables, isWanted, code, kept }: Compiling,
): CompiledDeclaration[] {
  const { session } = checker;
  const functions = new Map(source.functions.map((fn) => [fn.declaration, fn]));
  const initialised = scope.variables.filter((variable) => variable.first);
  let inits = 0;
  const knowledge = knowledgeByBuilds(checker);
  const budget = createFieldBudget();
  return [...scope.functions, ...initialised].sort(inSourceOrder(scope.files)).flatMap((declaration) => {
    // Declarations name only files of this package.
    const unit = units[declaration.file] as Unit;
    const known = kept?.(unit, declaration);
    if (known !== undefined) return [keptDeclaration(unit, declaration, { ...known, budget })];
    let codeCharacters = codeBudget;
    const codeLeft = code ? (characters: number) => (codeCharacters -= characters) > 0 : undefined;
    const observer = () =>
      observeBody({
        tree: unit.tree,
        at: declaration.node,
        path: unit.packagePath,
        checker,
        knowledge,
        budget,
        codeLeft,
      });
    const { unparted } = session;
    const { refused, left } = budget;
    const merge = (parts: readonly Part<BodyObserver>[], receiverParameters: Parameters): CompiledBody => ({
      body: mergeParts(
        session.builds,
        parts.map((part) => ({ builds: part.builds, value: part.value.body })),
      ),
      flows: mergeFlows(
        session.builds,
        parts.map((part) => ({ builds: part.builds, value: part.value.flows() })),
      ),
      code: mergeCode(parts.map(({ value }) => value.code())),
      tables,
      receiverParameters,
    });
    const compiled = (
      { body: merged }: CompiledBody,
      facts: readonly FunctionFacts[],
      variable?: VariableCode,
    ): CompiledDeclaration[] => [
      {
        declaration,
        ...(variable !== undefined && { variable }),
        unit,
        at: declaration.node,
        body: merged,
        functions: facts,
        unparted: session.unparted > unparted,
        overBudget: budget.refused > refused,
        counts: { ...countsOf(withLiterals(merged)), fields: left - budget.left },
      },
    ];
    if (declaration.kind === "variable") {
      const body = merge(source.checkDeclaration(declaration, observer), []);
      const { functions: facts, usesAt } = initializerFacts(unit, { declaration, compiled: body });
      const { node } = declaration;
      const names = specNames(unit.tree, node).map((name) => text(unit.tree, name));
      const isSet = code && childByField(unit.tree, node, F.value) >= 0;
      if (!isSet) return compiled(body, facts);
      const { assigns, ...variable } = variableCode(body.code, {
        node,
        usesAt,
        names,
        path: unit.packagePath,
      });
      const [own, ...closures] = facts;
      if (own === undefined || assigns === undefined) return compiled(body, facts, variable);
      return compiled(body, [{ ...own, assigns }, ...closures], variable);
    }
    const fn = functions.get(declaration);
    if (fn === undefined) return [];
    const initNumber = isInit(declaration) ? ++inits : 0;
    const hasBody = childByField(unit.tree, declaration.node, F.body) >= 0;
    const { name, receiver } = fn.declaration;
    const isLeftOut =
      hasBody && initNumber === 0 && !isWanted(receiver === undefined ? name : `${receiver.type}.${name}`);
    const heads = isLeftOut ? source.checkSignature(fn, observer) : undefined;
    const body = merge(heads ?? source.checkFunction(fn, observer), fn.receiverParameters);
    const facts = functionFacts(unit, {
      declaration,
      builds: fn.builds,
      compiled: body,
      initNumber,
      named: code,
    });
    return compiled(body, heads === undefined ? facts : facts.map((one) => ({ ...one, omitted: true })));
  });
}

/** As if it had been compiled. */
function keptDeclaration(
  unit: Unit,
  declaration: FunctionDeclaration | VariableDeclaration,
  { budget, ...facts }: KeptFacts & { readonly budget: FieldBudget },
): CompiledDeclaration {
  return {
    ...facts,
    declaration,
    unit,
    at: declaration.node,
    body: mergeParts(unit.buildSets, []),
    unparted: false,
    overBudget: !mayMove(budget, facts.counts.fields),
  };
}

/** Characters of source of a declaration, each part of it counted, of which code is made. */
const codeBudget = 400_000;

/** What is known of types in the current builds, remembered for all bodies that are checked in them. */
function knowledgeByBuilds(checker: Checker): () => TypeKnowledge {
  const known = new Map<BuildSet, TypeKnowledge>();
  return () => {
    const { current } = checker.session;
    let found = known.get(current);
    if (found === undefined) known.set(current, (found = typeKnowledge(checker)));
    return found;
  };
}

function countsOf(bodies: readonly MergedBody[]): Omit<DeclarationCounts, "fields"> {
  const sum = (count: (body: MergedBody) => number) => bodies.reduce((total, body) => total + count(body), 0);
  return {
    callSites: sum((body) => body.calls.size),
    dynamic: sum((body) => callsOf(body, ["dynamic", "interface-method"])),
    unresolved: sum((body) => callsOf(body, ["unresolved"])),
  };
}

/** Calls whose target is of one of those kinds, each counted once. */
function callsOf({ uses }: MergedBody, kinds: readonly Target["kind"][]): number {
  return new Set(
    uses.filter(({ target, use }) => use === "call" && kinds.includes(target.kind)).map(({ at }) => at),
  ).size;
}
