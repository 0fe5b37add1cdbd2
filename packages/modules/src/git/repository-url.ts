/** Where a repository is: an address that is safe to hand to git, or a folder on this machine. */
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { readSmallFile } from "../cache.ts";
import { quoted } from "../printable.ts";
import { redactUrl } from "../proxy-list.ts";
import { SourceError } from "../source-error.ts";
import { isFile, isFolder, isThere, servedFolders } from "./data-folder.ts";
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
    return localAddress(folderOfUrl(url, text), text);
  if (url === undefined || !isWebUrl(url, namedBy)) throw refused(text, namedBy);
  return {
    url: url.href,
    transport: url.protocol === "https:" ? "https" : "http",
    shown: redactUrl(url),
    publicOnly: namedBy === "server",
  };
}

/** The folder of a file URL; some URLs are of none. */
function folderOfUrl(url: URL, text: string): string {
  try {
    return fileURLToPath(url);
  } catch {
    throw refused(text, "user");
  }
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
  if (served === undefined) throw unsafe(shown, "where its data is cannot be told");
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
      .map((name) => configText(join(data, name), shown))
      .join("\n");
    const found = unsafeSetting(config);
    if (found !== undefined) throw unsafe(shown, `its configuration has ${quoted(found)}`);
    if (isThere(join(data, "objects", "info", "alternates")))
      throw unsafe(shown, "it borrows objects of another repository");
  }
}

const CONFIG_BYTES = 1024 * 1024;

/** Empty if there is none. What is too large to be looked at is not believed. */
function configText(file: string, shown: string): string {
  if (!isThere(file)) return "";
  const text = readSmallFile(file, CONFIG_BYTES)?.toString("utf8");
  if (text === undefined) throw unsafe(shown, "its configuration cannot be read");
  return text;
}

/** What of a configuration must not be there: a section, or a key, wherever on its line; git allows several headers on one. */
function unsafeSetting(config: string): string | undefined {
  const lines = config.split("\n").filter((line) => !/^\s*[#;]/u.test(line));
  const section = /\[\s*include/iu;
  const key =
    /(?:^|[\]\s])(?:promisor|partialclone|partialclonefilter|uploadpack|packobjectshook|alternaterefscommand)\s*(?:=|$)/iu;
  const uploads = /\[\s*uploadpack/iu;
  return lines.find((line) => section.test(line) || key.test(line) || uploads.test(line))?.trim();
}

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
