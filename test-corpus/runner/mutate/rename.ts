/** Renamed: functions, types, variables and locals that are new get other names. */
import { F, K, kind, type Node, text } from "../../../packages/analyzer/src/syntax/index.ts";
import { rangeIn } from "./calls.ts";
import type { Code } from "./code.ts";
import { type CodeFile, nodesIn } from "./code-file.ts";
import type { Mutation } from "./mutation.ts";
import { reserved } from "./names.ts";
import type { Unit } from "./units.ts";

/**
 * A name gets the same other one everywhere: in the whole folder if it is one of the package, a field or a method, else in the
 * declarations that are new or changed. So what it means stays, whatever it hides. Exported names stay, with
 * the parameters of exported functions, which documentation shows.
 */
export const rename: Mutation = {
  name: "rename",
  says: "functions, types, variables and locals that are new have other names",
  mutate: (code, { edits, names }) => {
    if (code.files.length === 0) return { why: "no Go code" };
    const fresh = code.units.filter(({ isFresh }) => isFresh);
    const others = new Map<string, string>();
    const other = (directory: string, name: string) => {
      const key = `${directory} ${name}`;
      const known = others.get(key) ?? names.word();
      others.set(key, known);
      return known;
    };
    for (const directory of new Set(fresh.map(({ file }) => file.directory))) {
      const files = [...code.files, ...code.tests].filter((file) => file.directory === directory);
      const fixed = fixedNames(code, files);
      const shared = sharedNames(code.units, files, directory);
      const wanted = new Set(namesToChange(code.units, directory).filter((name) => !fixed.has(name)));
      const change = (file: CodeFile, node: Node) =>
        edits.replace(file.name, rangeIn(file, node), other(directory, text(file.tree, node)));
      for (const file of files)
        for (const node of nodesIn(file, 0))
          if (isName(file, node) && wanted.has(text(file.tree, node))) change(file, node);
      for (const unit of fresh.filter((one) => one.file.directory === directory && one.kind === "function")) {
        const locals = localsOf(unit);
        for (const node of nodesIn(unit.file, unit.node)) {
          const name = text(unit.file.tree, node);
          if (isName(unit.file, node) && locals.has(name) && !fixed.has(name) && !shared.has(name))
            change(unit.file, node);
        }
      }
    }
    return edits.isEmpty() ? { why: "all that is new is exported" } : undefined;
  },
};

function isName({ tree }: CodeFile, node: Node): boolean {
  return [K.identifier, K.type_identifier, K.field_identifier].includes(kind(tree, node));
}

/** New names of the package that are not exported. */
function namesToChange(units: readonly Unit[], directory: string): string[] {
  const here = units.filter(({ file }) => file.directory === directory);
  const old = new Set(here.filter(({ isNew }) => !isNew).flatMap(({ names }) => names));
  return here
    .filter(({ isNew }) => isNew)
    .flatMap(({ names }) => names)
    .filter((name) => isOwn(name) && !old.has(name));
}

function isOwn(name: string): boolean {
  return /^[\p{Ll}_]/u.test(name) && !reserved.has(name);
}

/** Names of imports, and words of comments with directives and of files that are not Go: these know names as text. */
function fixedNames({ fixture }: Code, files: readonly CodeFile[]): Set<string> {
  const beside = fixture.new
    .filter(({ name }) => /\.(?:s|c|h|cc|cpp)$/.test(name))
    .map(({ content }) => content);
  const directives = files.flatMap(
    ({ tree }) => tree.source.text.match(/^\/\/(?:go:linkname|export) .*$/gm) ?? [],
  );
  const preambles = files.filter(({ cgo }) => cgo).map(({ tree }) => tree.source.text);
  return new Set([
    ...files.flatMap(({ imports }) => [...imports.keys()]),
    ...[...beside, ...directives, ...preambles].flatMap(
      (words) => words.match(/[\p{L}_][\p{L}\p{Nd}_]*/gu) ?? [],
    ),
  ]);
}

/** Names of the package, of fields and of methods: a local of that name cannot be told from them by its name alone. */
function sharedNames(units: readonly Unit[], files: readonly CodeFile[], directory: string): Set<string> {
  const names = new Set(
    units.filter(({ file }) => file.directory === directory).flatMap((unit) => unit.names),
  );
  for (const file of files)
    for (const node of nodesIn(file, 0))
      if (kind(file.tree, node) === K.field_identifier) names.add(text(file.tree, node));
  return names;
}

/** Fields whose identifiers declare something in a function. */
const declaring: readonly number[] = [
  K.short_var_declaration,
  K.range_clause,
  K.receive_statement,
  K.var_spec,
  K.const_spec,
  K.parameter_declaration,
  K.variadic_parameter_declaration,
  K.type_spec,
  K.type_switch_statement,
];

/** What a function declares inside; the parameters, results and receiver too if it is not exported. */
function localsOf({ file, node, names }: Unit): Set<string> {
  const { tree, parent } = file;
  const exported = /^\p{Lu}/u.test(names[0] ?? "");
  const signature = new Set([F.receiver, F.parameters, F.result]);
  const locals = new Set<string>();
  const kept = new Set<string>();
  for (const identifier of nodesIn(file, node)) {
    if (![K.identifier, K.type_identifier].includes(kind(tree, identifier))) continue;
    const list = kind(tree, parent(identifier)) === K.expression_list ? parent(identifier) : identifier;
    const field = tree.fields[list];
    const declares =
      declaring.includes(kind(tree, parent(list))) &&
      (field === F.name || field === F.left || field === F.alias);
    const name = text(tree, identifier);
    if (!declares || !isOwn(name)) continue;
    const around = parent(parent(list));
    const isParameter = parent(around) === node && signature.has(tree.fields[around] ?? 0);
    const ofSignature = parent(list) >= 0 && around >= 0 && parent(around) === node && isParameter;
    if (ofSignature && exported) kept.add(name);
    else locals.add(name);
  }
  for (const name of kept) locals.delete(name);
  return locals;
}
