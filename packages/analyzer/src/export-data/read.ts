import type { BuildSet } from "../constraints/index.ts";
import type { Checker } from "../types/checker.ts";
import type { PackageInterface, PackageObject, Variant } from "../types/object.ts";
import type { AliasDeclaration, Method, TypeDeclaration } from "../types/type.ts";
import { choose } from "../types/varying.ts";
import { constantOf } from "./constant-entry.ts";
import { type ExportData, ExportDataError, exportFormat } from "./format.ts";
import { damaged, list, text } from "./loose.ts";
import { createTypesTable, type TypesTable } from "./types-table.ts";

/**
 * A package out of its export data. Nothing but the outermost form is looked at before a
 * name is looked up, and of each name only what is asked for. Throws an `ExportDataError`
 * for data of another format; where data is damaged inside, asking for that part throws one.
 */
export function readExportData(checker: Checker, data: ExportData): PackageInterface {
  checkForm(data);
  const types = createTypesTable(checker, data, () => read);
  const known = new Map<string, readonly Variant[]>();
  const lookUp = (name: string): readonly Variant[] => {
    let variants = known.get(name);
    if (variants === undefined) known.set(name, (variants = variantsOf(name)));
    return variants;
  };

  function variantsOf(name: string): Variant[] {
    const index = position(data.names, name);
    if (index < 0) return [];
    return list(data.objects[index]).map((entry) => {
      const [set, kind, ...rest] = list(entry);
      const builds = types.buildsOf(set);
      return { builds, object: objectOf(name, builds, [kind, ...rest]) };
    });
  }

  function objectOf(name: string, builds: BuildSet, [kind, ...rest]: readonly unknown[]): PackageObject {
    const { path } = data;
    switch (kind) {
      case "const":
        return { kind: "constant", type: () => types.of(rest[0]), value: () => constantOf(rest[1]) };
      case "var":
        return { kind: "variable", package: path, name, type: () => types.of(rest[0]) };
      case "func": {
        // Others may differ in parameter names alone: they are told apart, as those of sources are.
        const parts = [{ builds, number: rest[0] }];
        const type = () => types.signature((choose(checker.session, parts) ?? parts[0])?.number);
        return { kind: "function", package: path, name, type };
      }
      case "alias":
        return aliasObject(name, rest);
      case "type": {
        const declaration = readDeclaration({ checker, types, path }, name, rest);
        return { kind: "type", declaration, type: () => checker.types.named(declaration) };
      }
      default:
        throw damaged("a kind of object", kind);
    }
  }

  function aliasObject(name: string, [actual, ...parameters]: readonly unknown[]): PackageObject {
    const declaration: AliasDeclaration = {
      name,
      package: data.path,
      typeParameters: () => parameters.map(types.parameter),
      actual: () => types.of(actual),
    };
    return {
      kind: "alias",
      declaration,
      type: () => checker.types.alias(declaration, declaration.actual()),
    };
  }

  const read: PackageInterface = { path: data.path, name: data.name, lookUp };
  return read;
}

interface MethodVariant {
  readonly builds: BuildSet;
  readonly method: Method;
}

interface DeclarationInput {
  readonly checker: Checker;
  readonly types: TypesTable;
  readonly path: string;
}

function readDeclaration(
  { checker, types, path }: DeclarationInput,
  name: string,
  [underlying, parameters, ...entries]: readonly unknown[],
): TypeDeclaration {
  const methods = new Map(
    entries.map((entry) => {
      const [method, ...variants] = list(entry);
      return [text(method), variants] as const;
    }),
  );
  const known = new Map<string, readonly MethodVariant[]>();
  const declaration: TypeDeclaration = {
    name,
    package: path,
    local: false,
    typeParameters: () => list(parameters).map(types.parameter),
    underlying: types.varying(underlying),
    method: (wanted, from) => (from === "" || from === path ? chosen(wanted) : undefined),
    methodNames: () => [...methods.keys()],
  };

  function chosen(wanted: string): Method | undefined {
    let variants = known.get(wanted);
    if (variants === undefined) {
      variants = (methods.get(wanted) ?? []).map((entry) => methodOf(wanted, list(entry)));
      known.set(wanted, variants);
    }
    return choose(checker.session, variants)?.method;
  }

  function methodOf(
    wanted: string,
    [set, receiver, signature, ...receiverParameters]: readonly unknown[],
  ): MethodVariant {
    // `*name` or `name`; without a name 1 for a pointer, else 0.
    const written = typeof receiver === "string" ? receiver : receiver === 1 ? "*" : "";
    const method: Method = {
      name: wanted,
      pointer: written.startsWith("*"),
      receiver: declaration,
      receiverName: written.replace("*", ""),
      receiverParameters: receiverParameters.map(types.parameter),
      signature: () => types.signature(signature),
    };
    return { builds: types.buildsOf(set), method };
  }
  return declaration;
}

/** What must hold for a look-up to be possible. */
function checkForm(data: ExportData): void {
  if (typeof data !== "object" || data === null || data.format !== exportFormat) {
    throw new ExportDataError(`this is not export data of format ${exportFormat}`);
  }
  text(data.path);
  text(data.name);
  for (const table of [data.packages, data.builds, data.types, data.parameters, data.objects]) list(table);
  if (list(data.names).length !== data.objects.length) throw damaged("as many objects as names", data.path);
}

/** Where the text is in a sorted list; -1 if it is not. */
function position(sorted: readonly string[], wanted: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = text(sorted[middle]);
    if (found === wanted) return middle;
    if (found < wanted) low = middle + 1;
    else high = middle;
  }
  return -1;
}
