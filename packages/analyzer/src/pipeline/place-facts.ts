/** What is known of one place in a file, from the declaration around it. */
import type { BuildSet } from "../constraints/index.ts";
import type { Declaration } from "../declare/package-scope.ts";
import { stringValue } from "../declare/strings.ts";
import {
  childByField,
  children,
  end,
  F,
  type FlatTree,
  K,
  type Kind,
  kind,
  type Node,
  placeOf,
  start,
  text,
} from "../syntax/index.ts";
import {
  type Checker,
  exactConstant,
  fullName,
  Is,
  inParts,
  membersOf,
  methodCallable,
  type Part,
  type Selection,
  type Type,
  typeString,
  underlying,
} from "../types/index.ts";
import type { CheckedInput } from "./check-packages.ts";
import { covers, type FactsObserver, type NodeFacts, observeFacts, type Watched } from "./heard-facts.ts";
import { packageWords } from "./meaning-words.ts";

interface Said {
  readonly node: Node;
  readonly fact: string;
  readonly what: string;
}

/** The lines of one file; `file` is its index in the package. */
export function factsAt(checked: CheckedInput, file: number, watched: Watched): string[] {
  const { builds } = checked.checker.session;
  const found = new Map<string, Said & { builds: BuildSet }>();
  for (const { builds: set, value } of saidAt(checked, file, watched)) {
    for (const said of value) {
      const key = `${said.node} ${said.fact} ${said.what}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, { ...said, builds: set });
      else known.builds = builds.or(known.builds, set);
    }
  }
  return [...found.values()]
    .sort((a, b) => innermostFirst(watched.tree, a.node, b.node))
    .map(({ node, fact, what, builds: set }) =>
      [...placeAndText(watched.tree, node), fact, what, builds.words(set)].join("\t"),
    );
}

function innermostFirst(tree: FlatTree, a: Node, b: Node): number {
  const length = (node: Node) => end(tree, node) - start(tree, node);
  return length(a) - length(b) || b - a;
}

/** Source that is shown of a node. */
const textShown = 80;

function placeAndText(tree: FlatTree, node: Node): [string, string] {
  const { line, column } = placeOf(tree.source, start(tree, node));
  const source = text(tree, node).replaceAll(/\s+/g, " ");
  const shown = source.length > textShown ? `${source.slice(0, textShown - 1)}…` : source;
  return [`${tree.source.file}:${line}:${column}`, shown];
}

/** For each part of the builds of what stands around the place that has answers of its own. */
function saidAt(checked: CheckedInput, file: number, watched: Watched): Part<readonly Said[]>[] {
  const { checker, scope } = checked;
  const { session } = checker;
  return [
    ...heardAt(checked, file, watched).flatMap(({ builds, value }) =>
      inParts(session, builds, () => factsSaid(checked, watched.tree, value.facts())),
    ),
    { builds: session.builds.parse(scope.files[file]?.builds ?? ""), value: clauseSaid(checked, watched) },
  ];
}

/** The declaration around the place, as it is checked: its head, and its body or value. */
function heardAt(
  { checker, source, scope }: CheckedInput,
  file: number,
  watched: Watched,
): Part<FactsObserver>[] {
  const observer = () => observeFacts(checker, watched);
  const around = [...scope.names.values(), scope.functions]
    .flat()
    .filter((one) => one.file === file && stands(one, watched));
  return around.flatMap((declaration) => {
    const head = source.checkHead(declaration, observer);
    if (declaration.kind !== "function") return [...head, ...source.checkDeclaration(declaration, observer)];
    const fn = source.functions.find((one) => one.declaration === declaration);
    return fn === undefined ? head : [...head, ...source.checkFunction(fn, observer)];
  });
}

function stands(declaration: Declaration, watched: Watched): boolean {
  if (declaration.kind !== "constant") return covers(watched, declaration.node);
  const { names, type, values, explicit } = declaration.spec;
  return (explicit ? [...names, type, ...values] : names).some((node) => covers(watched, node));
}

function factsSaid(checked: CheckedInput, tree: FlatTree, facts: readonly NodeFacts[]): Said[] {
  const sorted = facts.toSorted((a, b) => innermostFirst(tree, a.node, b.node));
  return sorted.flatMap((one, index) => {
    const { node, means, type, constant, unknown } = one;
    const known = type !== undefined && unknown === undefined ? type : undefined;
    return [
      ...(means === undefined ? [] : [{ node, fact: "means", what: means }]),
      ...(unknown === undefined ? [] : [{ node, fact: "unknown", what: unknown }]),
      ...(known === undefined ? [] : [{ node, fact: "type", what: typeString(known) }]),
      ...(constant === undefined
        ? []
        : [{ node, fact: "constant", what: exactConstant(constant, isComplex(checked, type)) }]),
      ...(index === 0 && one.isType === true && known !== undefined ? insideType(checked, node, known) : []),
    ];
  });
}

function isComplex({ checker }: CheckedInput, type: Type | undefined): boolean {
  const under = type && underlying(checker.types, type);
  return under?.kind === "basic" && (under.is & Is.complex) !== 0;
}

/** What a type is underneath, and the fields and methods that a selector finds in it. */
function insideType({ checker, input }: CheckedInput, node: Node, type: Type): Said[] {
  const { types } = checker;
  const members = membersOf(types, type, input.path).map(({ name, selection }) =>
    selection.kind === "field"
      ? { node, fact: "field", what: `${name} ${typeString(selection.field.type)}` }
      : {
          node,
          fact: "method",
          what: `${methodWords(checker, selection)} ${typeString(selection.signature)}`,
        },
  );
  return [{ node, fact: "underlying", what: typeString(underlying(types, type)) }, ...members];
}

function methodWords(checker: Checker, selection: Exclude<Selection, { readonly kind: "field" }>): string {
  return fullName(checker.types, methodCallable(selection)) ?? selection.method.name;
}

/** What an import declaration or the package clause says, where the place is in one. */
function clauseSaid({ checker, input }: CheckedInput, watched: Watched): Said[] {
  const { tree } = watched;
  for (let node: Node = 0; node >= 0; ) {
    const inside: Node = children(tree, node).find((child) => covers(watched, child)) ?? -1;
    if (kind(tree, inside) === K.import_spec) {
      const path = stringValue(text(tree, childByField(tree, inside, F.path))) ?? "";
      const imported = path === "unsafe" || path === "C" ? {} : checker.importPackage(path);
      return [{ node: inside, fact: "means", what: packageWords({ path, package: imported }) }];
    }
    if (kind(tree, node) === K.package_clause && kind(tree, inside) === K.package_identifier)
      return [{ node: inside, fact: "means", what: `package ${input.path}` }];
    if (inside >= 0 && !aboveClauses.has(kind(tree, inside))) return [];
    node = inside;
  }
  return [];
}

const aboveClauses: ReadonlySet<Kind> = new Set([
  K.import_declaration,
  K.import_spec_list,
  K.package_clause,
  K.package_identifier,
]);
