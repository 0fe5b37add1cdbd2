/** Looking names up as Go does: blocks from the inside out, package, file, universe. */
import type { Checker, FileScope, Place } from "./checker.ts";
import { chooseVariant, type Meaning } from "./object.ts";
import { memberPackage } from "./selection.ts";
import type { Universe } from "./universe.ts";

/** What a name means where it stands; undefined if nothing declares it. */
export function lookUp(place: Place, name: string): Meaning | undefined {
  for (let block = place.scope; block !== undefined; block = block.outer) {
    const local = block.names.get(name);
    if (local !== undefined) return local;
  }
  const { checker, file } = place;
  return (
    chooseVariant(checker.session, file.lookUp(name)) ??
    fromImports(checker, file, name) ??
    fromUniverse(checker.universe, name)
  );
}

function fromImports(checker: Checker, file: FileScope, name: string): Meaning | undefined {
  const path = file.imports.get(name);
  if (path === "unsafe") return { kind: "unsafe" };
  if (path !== undefined) return { kind: "import", path, package: checker.importPackage(path) };
  if (name === "C" && file.cgo) return { kind: "cgo" };
  if (memberPackage(name, "-") !== "") return undefined;
  const missing: string[] = [];
  for (const dot of file.dots) {
    const imported = checker.importPackage(dot);
    const object = chooseVariant(checker.session, imported?.lookUp(name) ?? []);
    if (object !== undefined) return object;
    if (imported === undefined) missing.push(dot);
  }
  return missing.length === 0 ? undefined : { kind: "missing", packages: missing };
}

function fromUniverse(universe: Universe, name: string): Meaning | undefined {
  const found = universe.names.get(name);
  switch (found?.kind) {
    case "type":
      return { kind: "local type", type: found.type };
    case "constant":
      return { kind: "local constant", type: found.type, value: found.value };
    default:
      return found;
  }
}
