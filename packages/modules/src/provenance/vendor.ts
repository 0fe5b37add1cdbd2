/**
 * Is what lies in `vendor` what was published? The Go command compares `vendor/modules.txt` with go.mod, and never
 * looks at the files.
 */
import { bounded } from "../build-list/bounded.ts";
import { AT_ONCE } from "../build-list/model.ts";
import { parseVendorModules, readVendorText, type VendoredModule } from "../build-list/vendor-modules.ts";
import { askDatabase } from "../checksum-database/check.ts";
import { compareByteOrder, type ModuleCopy, type ModuleFile } from "../module-copy.ts";
import { type OpenOptions, openPublished } from "../published.ts";
import type { SourceDiagnostic } from "../source-diagnostic.ts";
import { SourceError } from "../source-error.ts";
import { explainingConversion } from "./conversions.ts";
import { isExplained } from "./files.ts";
import type { FileDifference, Provenance } from "./model.ts";
import { unchecked } from "./unchecked.ts";

/** What was found out about a vendor folder. */
export interface VerifiedVendor {
  /** A module each, in the order of modules.txt; last, if there are any, files that no module has. */
  readonly modules: readonly Provenance[];
  readonly diagnostics: readonly SourceDiagnostic[];
}

const FOLDER = "vendor/";

/** Compares the target's `vendor` with the zips of the modules in its modules.txt, file by file. */
export async function verifyVendor(target: ModuleCopy, options: OpenOptions): Promise<VerifiedVendor> {
  const text = await readVendorText(target);
  if (text === undefined) {
    throw new SourceError("no-such-file", "there is no vendor/modules.txt", {
      hint: "Name the directory of a module whose dependencies are vendored.",
    });
  }
  const vendored = parseVendorModules(text).filter(({ packages }) => packages.length > 0);
  const { owned, stray } = filesByModule(target, vendored);
  const run = bounded(AT_ONCE);
  let done = 0;
  const modules = await Promise.all(
    vendored.map((module) =>
      run(async () => {
        const found = await verifyModule(module, owned.get(module) ?? [], options);
        options.onProgress?.({ phase: "fetch", done: ++done, total: vendored.length });
        return found;
      }),
    ),
  );
  const rest = stray.length === 0 ? [] : [strayFiles(target, stray)];
  const links = linksIn(target);
  const odd = links.length === 0 ? [] : [oddEntries(target, links)];
  return { modules: [...modules, ...rest, ...odd], diagnostics: target.diagnostics };
}

interface Owned {
  readonly owned: ReadonlyMap<VendoredModule, readonly ModuleFile[]>;
  readonly stray: readonly ModuleFile[];
}

/** A file belongs to the module with the longest path that covers it. */
function filesByModule(target: ModuleCopy, vendored: readonly VendoredModule[]): Owned {
  const byPath = new Map(vendored.map((module) => [module.path, module]));
  const owned = new Map<VendoredModule, ModuleFile[]>(vendored.map((module) => [module, []]));
  const stray: ModuleFile[] = [];
  for (const file of target.files) {
    if (!file.name.startsWith(FOLDER) || file.name === `${FOLDER}modules.txt`) continue;
    const module = ownerOf(file.name.slice(FOLDER.length), byPath);
    if (module === undefined) stray.push(file);
    else owned.get(module)?.push(file);
  }
  return { owned, stray };
}

function ownerOf(name: string, byPath: ReadonlyMap<string, VendoredModule>): VendoredModule | undefined {
  for (let slash = name.lastIndexOf("/"); slash > 0; slash = name.lastIndexOf("/", slash - 1)) {
    const module = byPath.get(name.slice(0, slash));
    if (module !== undefined) return module;
  }
  return undefined;
}

function strayFiles({ modulePath }: ModuleCopy, stray: readonly ModuleFile[]): Provenance {
  const files = stray.map(
    ({ name, sha256 }): FileDifference => ({ name, kind: "only-vendor", gitSha256: sha256 }),
  );
  return {
    module: modulePath,
    version: FOLDER,
    verdict: "differs",
    why: "files that no vendored module has",
    files,
    identical: 0,
    findings: [],
  };
}

/** What was left out of the directory as no plain file. Go follows links, and no module zip holds any. */
const leftOut: ReadonlySet<string> = new Set(["symlink", "compiled-link", "not-a-file", "unreadable-name"]);

/** Those notes that are about the vendor folder, or that do not say which file they are about. */
function linksIn({ diagnostics }: ModuleCopy): readonly SourceDiagnostic[] {
  return diagnostics.filter(
    ({ code, file }) => leftOut.has(code) && (file === undefined || file.startsWith(FOLDER)),
  );
}

function oddEntries({ modulePath }: ModuleCopy, links: readonly SourceDiagnostic[]): Provenance {
  return {
    module: modulePath,
    version: FOLDER,
    verdict: "differs",
    why: "symbolic links and the like, which no module zip holds and Go follows",
    files: links.map(({ file, message }): FileDifference => ({ name: file ?? message, kind: "only-vendor" })),
    identical: 0,
    findings: [],
  };
}

async function verifyModule(
  vendored: VendoredModule,
  files: readonly ModuleFile[],
  options: OpenOptions,
): Promise<Provenance> {
  const { path, version } = vendored.replacedBy ?? vendored;
  const head = {
    module: vendored.path,
    version: version ?? vendored.version ?? "",
    files: [],
    identical: 0,
    findings: [],
  };
  if (version === undefined)
    return { ...head, verdict: "unverifiable", why: `it is replaced by the directory ${path}` };
  const { onProgress: _, ...quiet } = options;
  let published: ModuleCopy;
  try {
    published = await openPublished(
      { path, query: version },
      { ...quiet, configuration: unchecked(options.configuration) },
    );
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { ...head, verdict: "unverifiable", why: error.message };
  }
  try {
    const checksum = await askDatabase(
      { path, version, of: "module", h1: published.h1 },
      options.configuration,
      quiet,
    );
    const compared = await compareVendored(vendored, files, published);
    const findings =
      checksum.status === "mismatch"
        ? [{ id: "checksum-mismatch" as const, message: `the zip hashes to ${published.h1}` }]
        : [];
    const verdict =
      compared.files.length === 0 ? "same" : compared.files.every(isExplained) ? "explained" : "differs";
    return {
      ...head,
      verdict,
      published: { source: published.source, h1: published.h1 },
      checksum,
      ...compared,
      findings,
    };
  } finally {
    await published.close();
  }
}

async function compareVendored(
  { path, packages }: VendoredModule,
  files: readonly ModuleFile[],
  published: ModuleCopy,
): Promise<Pick<Provenance, "files" | "identical">> {
  const inZip = new Map(published.files.map((file) => [file.name, file]));
  const differences: FileDifference[] = [];
  const seen = new Set<string>();
  let identical = 0;
  for (const file of files) {
    const name = file.name.slice(FOLDER.length + path.length + 1);
    const other = inZip.get(name);
    seen.add(name);
    if (other?.sha256 === file.sha256) identical++;
    else differences.push(await vendoredDifference(name, file, other));
  }
  const directories = new Set(packages.map((importPath) => importPath.slice(path.length + 1)));
  for (const file of published.files)
    if (!seen.has(file.name) && isLeftOut(file.name, directories) && !(await isIgnored(file)))
      differences.push({ name: file.name, kind: "only-published", publishedSha256: file.sha256 });
  return { files: differences.sort((a, b) => compareByteOrder(a.name, b.name)), identical };
}

async function vendoredDifference(
  name: string,
  file: ModuleFile,
  other: ModuleFile | undefined,
): Promise<FileDifference> {
  if (other === undefined) return { name, kind: "only-vendor", gitSha256: file.sha256 };
  const [vendored, published] = await Promise.all([file.read(), other.read()]);
  const kind = explainingConversion({ published: vendored, git: published, commit: "" }) ?? "different";
  return { name, kind, publishedSha256: other.sha256, gitSha256: file.sha256 };
}

/** A Go file of a vendored package, which Go would have copied. */
function isLeftOut(name: string, directories: ReadonlySet<string>): boolean {
  const slash = name.lastIndexOf("/");
  const base = name.slice(slash + 1);
  return (
    base.endsWith(".go") &&
    !/_test\.go$|^[._]/u.test(base) &&
    directories.has(name.slice(0, Math.max(0, slash)))
  );
}

/** Go does not copy what only a tag such as `ignore` would build. */
async function isIgnored(file: ModuleFile): Promise<boolean> {
  const head = Buffer.from(await file.read()).toString("latin1", 0, 16 * 1024);
  return /^\/\/(?:go:build| ?\+build)[^\n]*\bignore\b/mu.test(head);
}
