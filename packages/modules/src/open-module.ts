import { lstat, stat } from "node:fs/promises";
import { directClient, rebuildAt } from "./direct/direct-client.ts";
import { openGitRevision, openGitUrl } from "./direct/git-target.ts";
import { openDirectory } from "./directory.ts";
import { fileFailure, openRegularFile, readExactly } from "./file-handle.ts";
import { goModDiagnostics } from "./go-mod-check.ts";
import type { ModuleCopy } from "./module-copy.ts";
import { modulePathProblem } from "./module-path.ts";
import { printable, quoted } from "./printable.ts";
import { type OpenOptions, openPublished } from "./published.ts";
import { resolveQuery } from "./query.ts";
import { SourceError } from "./source-error.ts";
import { closingOnFailure, openModuleZip } from "./zip.ts";
import { zipListings } from "./zip-listings.ts";

/**
 * Opens a target: a directory, a module zip, or `path@query`. It is taken for a path on disk if it has no `@`,
 * starts with `.` or `/`, or exists. `proxy:path@query` is the published copy, `git:path@query` what the repository
 * has, `git:REV` and `git+URL@REF` a revision of a repository. Rejects with a `SourceError` for whatever the user or
 * the input did wrong, and with the signal's reason when aborted. Close the copy when done.
 */
export async function openModule(target: string, options: OpenOptions): Promise<ModuleCopy> {
  if (target === "" || target.includes("\0")) {
    throw new SourceError("bad-target", `${quoted(target)} names no module`, { hint: TARGET_HINT });
  }
  if (target.startsWith("git+")) return openGitUrl(target, options);
  const [, kind, rest = ""] = /^(git|proxy):(.+)$/su.exec(target) ?? [];
  if (kind === "proxy") return openPublished(versionQuery(rest), options);
  if (kind === "git") return openGit(target, rest, options);
  if (await isPathOnDisk(target)) return openPath(target, options);
  return openPublished(versionQuery(target), options);
}

/** `git:MODULE@QUERY` is of the module's repository, `git:REV` of the one that one stands in. */
async function openGit(target: string, rest: string, options: OpenOptions): Promise<ModuleCopy> {
  if (!rest.includes("@")) return openGitRevision(target, options);
  const { configuration } = options;
  const asked = versionQuery(rest);
  const { version } = await resolveQuery(asked, directClient(configuration), options);
  const copy = await rebuildAt(asked.path, version, { configuration, task: options });
  return { ...copy, query: target, diagnostics: [...configuration.diagnostics, ...copy.diagnostics] };
}

function versionQuery(text: string): { readonly path: string; readonly query: string } {
  const at = text.includes("@") ? text.indexOf("@") : text.length;
  return { path: text.slice(0, at), query: text.slice(at + 1) };
}

const TARGET_HINT = "Name a directory, a module zip, or path@version such as example.com/module@latest.";

async function isPathOnDisk(target: string): Promise<boolean> {
  if (!target.includes("@") || /^(?:[./\\]|[A-Za-z]:[\\/])/u.test(target)) return true;
  return lstat(target).then(
    () => true,
    () => false,
  );
}

async function openPath(target: string, options: OpenOptions): Promise<ModuleCopy> {
  const found = await stat(target).catch((error: unknown) => {
    throw missing(target, fileFailure(target, error));
  });
  return found.isDirectory() ? openDirectory(target, options) : openZip(target, options);
}

/** A path that does not exist may be a module path whose version was forgotten. */
function missing(target: string, failure: SourceError): SourceError {
  if (failure.code !== "no-such-file") return failure;
  const looksLikeModule = !target.includes("@") && modulePathProblem(target) === undefined;
  const hint = looksLikeModule
    ? `For a published module write ${target}@latest or ${target}@v1.2.3.`
    : TARGET_HINT;
  return new SourceError(failure.code, failure.message, { hint, cause: failure });
}

/** Opens a module zip on disk. Which module it is, its entries say: they all begin with `path@version/`. */
export async function openZip(file: string, options: OpenOptions): Promise<ModuleCopy> {
  const handle = await openRegularFile(file, file);
  if (!file.endsWith(".zip") && readExactly(handle.fd, 0, 2)?.toString("latin1") !== "PK") {
    await handle.close();
    throw new SourceError("not-a-module-zip", `${quoted(file)} is neither a directory nor a zip file`, {
      hint: TARGET_HINT,
    });
  }
  const { configuration, signal, onProgress } = options;
  const shown = printable(file);
  const zip = await openModuleZip(handle, {
    shown,
    limits: configuration.limits,
    listings: zipListings(configuration.cacheDir),
    signal,
    onProgress,
  });
  return {
    source: "zip",
    modulePath: zip.path,
    version: zip.version,
    query: file,
    h1: zip.h1,
    files: zip.files,
    diagnostics: [
      ...configuration.diagnostics,
      ...(await closingOnFailure(zip, () => goModDiagnostics(zip))),
    ],
    close: () => zip.close(),
  };
}
