/** The build list that `vendor/modules.txt` holds, held against go.mod as Go does before it uses `vendor`. */
import type { GoModTarget } from "../go-mod-model.ts";
import { compareByteOrder, type ModuleCopy } from "../module-copy.ts";
import { printable } from "../printable.ts";
import { compareVersions } from "../semver.ts";
import type { ModuleVersion } from "../zip.ts";
import { compareGoVersions, GO_VERSION_UNSET } from "./go-version.ts";
import type { MainModule } from "./main-module.ts";
import type { ListedModule } from "./model.ts";
import type { Notes } from "./notes.ts";
import { moduleKey } from "./requirement-graph.ts";
import { parseVendorModules, readVendorText, type VendoredModule } from "./vendor-modules.ts";

/** From here on, modules.txt says which modules go.mod requires, and names all that are replaced. */
const EXPLICIT_SINCE = "1.14";

/** Every module that has packages in `vendor` or that go.mod requires, by the bytes of their paths. */
export async function vendorList(
  target: ModuleCopy,
  main: MainModule,
  notes: Notes,
): Promise<readonly ListedModule[]> {
  const text = await readVendorText(target);
  const vendored = text === undefined ? undefined : parseVendorModules(text);
  if (vendored === undefined)
    notes.add("vendor-missing", "there is no vendor/modules.txt: what the target depends on is not known");
  else noteContradictions(vendored, main, notes);
  return listed(vendored ?? [], main);
}

/** Of two versions of a module, which Go does not write, the higher counts. */
function listed(vendored: readonly VendoredModule[], { requirement }: MainModule): ListedModule[] {
  const byPath = new Map<string, ListedModule>();
  for (const { path, version, replacedBy, goVersion, packages, isExplicit } of vendored) {
    if (version === undefined || (packages.length === 0 && !isExplicit)) continue;
    const other = byPath.get(path)?.version;
    if (other !== undefined && compareVersions(other, version) >= 0) continue;
    const named = requirement.get(path);
    byPath.set(path, {
      path,
      version,
      ...(replacedBy !== undefined && { replacedBy }),
      ...(goVersion !== undefined && { goVersion }),
      ...(named !== undefined && { requirement: named }),
      packages,
    });
  }
  return [...byPath.values()].sort((a, b) => compareByteOrder(a.path, b.path));
}

/** What Go refuses to build with: modules.txt and go.mod that disagree. */
function noteContradictions(vendored: readonly VendoredModule[], main: MainModule, notes: Notes): void {
  const isOld = compareGoVersions(main.goVersion ?? GO_VERSION_UNSET, EXPLICIT_SINCE) < 0;
  const byKey = new Map(vendored.map((module) => [keyOf(module), module]));
  const note = (key: string, message: string): void =>
    notes.add("vendor-inconsistent", `${printable(key)} ${message}`);
  for (const module of requiredBy(main)) {
    if (isOld) noteOtherVersion(module, vendored, note);
    else if (byKey.get(moduleKey(module))?.isExplicit !== true)
      note(moduleKey(module), "is required in go.mod, but not marked as explicit in vendor/modules.txt");
  }
  noteUnrequired(vendored, main, note);
  for (const [key, target] of isOld ? [] : replacedBy(main))
    if (!isSameTarget(byKey.get(key)?.replacedBy, target))
      note(key, "is replaced in go.mod, but not by the same in vendor/modules.txt");
}

/** What the target requires, and what the other modules of its workspace do. */
function requiredBy({ mains }: MainModule): ModuleVersion[] {
  return mains.flatMap(({ require }) => require);
}

/** What is replaced by what; of a workspace's modules the first that says so. */
function replacedBy({ replaced: { first, others } }: MainModule): Map<string, GoModTarget> {
  return new Map([...others.toReversed(), first].flatMap((one) => [...one]));
}

type Note = (key: string, message: string) => void;

function noteOtherVersion(module: ModuleVersion, vendored: readonly VendoredModule[], note: Note): void {
  const other = vendored.find(({ path, packages }) => path === module.path && packages.length > 0);
  if (other !== undefined && other.version !== module.version)
    note(moduleKey(module), "is required in go.mod, but vendor/modules.txt has another version");
}

function noteUnrequired(vendored: readonly VendoredModule[], main: MainModule, note: Note): void {
  const required = new Set(requiredBy(main).map(moduleKey));
  const replaced = replacedBy(main);
  for (const module of vendored) {
    const key = keyOf(module);
    if (module.isExplicit && module.packages.length > 0 && !required.has(key))
      note(key, "is marked as explicit in vendor/modules.txt, but not required in go.mod");
    if (module.replacedBy !== undefined && !replaced.has(key) && !replaced.has(module.path))
      note(key, "is marked as replaced in vendor/modules.txt, but not replaced in go.mod");
  }
}

function keyOf({ path, version }: VendoredModule): string {
  return version === undefined ? path : moduleKey({ path, version });
}

function isSameTarget(a: GoModTarget | undefined, b: GoModTarget): boolean {
  return a?.path === b.path && a.version === b.version;
}
