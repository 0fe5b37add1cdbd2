/** Where a repository is: an address that is safe to hand to git, or a folder on this machine. */
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { readSmallFile } from "../cache.ts";
import { quoted } from "../printable.ts";
import { redactUrl } from "../proxy-list.ts";
import { SourceError } from "../source-error.ts";
import { isFile, isFolder, servedFolders } from "./data-folder.ts";
import type { GitTransport } from "./git-command.ts";

/** Who names an address: the user may name what a server may not; `private`: a server that the user vouches for. */
export type NamedBy = "user" | "private" | "server";

/** A repository that git may be pointed to. */
export interface RepositoryAddress {
  /** What git is given. */
  readonly url: string;
  readonly transport: Exclude<GitTransport, "none">;
  /** As it may be shown: without a login. */
  readonly shown: string;
  /** Whether addresses of private networks are refused. */
  readonly publicOnly: boolean;
}

/**
 * The address in a text. The user may name https and http URLs, file URLs and folders; a server https alone, on the
 * public network. Throws a `SourceError` for anything else, such as what git would run as a command.
 */
export function repositoryAddress(text: string, namedBy: NamedBy): RepositoryAddress {
  const url = URL.canParse(text) && /^[a-z][a-z0-9+.-]+:\/\//iu.test(text) ? new URL(text) : undefined;
  if (namedBy === "user" && url === undefined) return localAddress(resolve(text), text);
  if (namedBy === "user" && url?.protocol === "file:" && url.host === "")
    return localAddress(fileURLToPath(url), text);
  if (url === undefined || !isWebUrl(url, namedBy)) throw refused(text, namedBy);
  return {
    url: url.href,
    transport: url.protocol === "https:" ? "https" : "http",
    shown: redactUrl(url),
    publicOnly: namedBy === "server",
  };
}

function isWebUrl(url: URL, namedBy: NamedBy): boolean {
  const isPlain = url.hash === "" && url.search === "" && url.hostname !== "";
  if (namedBy === "user") return isPlain && (url.protocol === "https:" || url.protocol === "http:");
  return isPlain && url.protocol === "https:" && url.username === "" && url.password === "";
}

function localAddress(folder: string, shown: string): RepositoryAddress {
  if (!isFolder(folder)) {
    throw new SourceError("no-such-file", `${quoted(shown)} is no repository: there is no such directory`, {
      hint: "Name a repository by its https URL or by a directory.",
    });
  }
  const served = servedFolders(folder);
  if (!served.some((data) => isFile(join(data, "HEAD")))) {
    throw new SourceError("bad-repository", `${quoted(shown)} is no git repository`, {
      hint: "Name the top directory of a clone, or a bare repository.",
    });
  }
  checkLocal(served, shown);
  return { url: pathToFileURL(folder).href, transport: "file", shown, publicOnly: false };
}

/**
 * Serving a local repository, git heeds its configuration. What would make it fetch from elsewhere, run something, or
 * read another configuration is refused; so is a repository that borrows objects of another.
 */
function checkLocal(served: readonly string[], shown: string): void {
  for (const data of served) {
    const config = ["config", "config.worktree"]
      .map((name) => readSmallFile(join(data, name), CONFIG_BYTES)?.toString("utf8") ?? "")
      .join("\n");
    const found =
      /^[ \t]*(?:\[[^\]\n]*\][ \t]*)?(?:\[include|promisor|partialclone|partialclonefilter|uploadpack|packobjectshook|alternaterefscommand)/imu.exec(
        config,
      );
    if (found !== null) throw unsafe(shown, `its configuration has ${quoted(found[0].trim())}`);
    const alternates = readSmallFile(join(data, "objects", "info", "alternates"), CONFIG_BYTES);
    if (alternates !== undefined) throw unsafe(shown, "it borrows objects of another repository");
  }
}

const CONFIG_BYTES = 1024 * 1024;

function unsafe(shown: string, why: string): SourceError {
  return new SourceError("unsafe-repository", `${quoted(shown)} is not used as a repository: ${why}`, {
    hint: "Name a plain clone of it: git clone --mirror --no-local makes one.",
  });
}

function refused(text: string, namedBy: NamedBy): SourceError {
  const why = namedBy === "user" ? "https, http and file URLs and directories" : "https URLs without a login";
  return new SourceError("bad-repository", `${quoted(text)} is not used as a repository: only ${why} are`, {
    hint: "Name the repository with --repo.",
  });
}
