/** The module proxy protocol, spoken to one server or one folder that is laid out like a server. */
import type { FileHandle } from "node:fs/promises";
import type { Configuration } from "./configuration.ts";
import { escapePath, escapeVersion } from "./escape.ts";
import type { HttpBody } from "./http.ts";
import type { TaskOptions } from "./module-copy.ts";
import { type ModuleInfo, parseModuleInfo } from "./module-info.ts";
import { moduleVersionProblem } from "./module-path.ts";
import { quoted } from "./printable.ts";
import { redactUrl } from "./proxy-list.ts";
import { canonicalVersion, isValidSemver } from "./semver.ts";
import { collectBody, servedFiles } from "./served-files.ts";
import { SourceError } from "./source-error.ts";

/** A line of `@v/list`. */
export interface ListedVersion {
  /** A valid semantic version; may be a pseudo-version. */
  readonly version: string;
  /** RFC 3339, if the proxy says it. */
  readonly time?: string;
}

/**
 * A module proxy. Every function rejects with a `SourceError`; its code is `not-found` where the proxy says that
 * the module or version does not exist there. What is answered is not trusted, only bounded.
 */
export interface ProxyClient {
  /** The proxy as it may be shown. */
  readonly shown: string;
  /** `@v/list`, in the proxy's order; lines that are no semantic versions are skipped. */
  list(path: string, task?: TaskOptions): Promise<ListedVersion[]>;
  /** `@latest`, which proxies need not have. */
  latest(path: string, task?: TaskOptions): Promise<ModuleInfo>;
  /** `@v/<version>.info`. For a canonical version the answer must name the same one. */
  info(path: string, version: string, task?: TaskOptions): Promise<ModuleInfo>;
  /** `@v/<version>.mod`, the bytes. */
  mod(path: string, version: string, task?: TaskOptions): Promise<Uint8Array>;
  /** `@v/<version>.zip`, written to `file` from its beginning. Not checked in any way. */
  zip(path: string, version: string, file: FileHandle, task?: TaskOptions): Promise<void>;
}

/** A client for the proxy at an http, https or file URL. Opens nothing before the first call. */
export function proxyClient(base: URL, configuration: Configuration): ProxyClient {
  const get = servedFiles(base, configuration);
  const { answerBytes, zipBytes, goModBytes } = configuration.limits;
  const shown = redactUrl(base);
  const bytes = (path: string, task: TaskOptions, limit = answerBytes): Promise<Uint8Array> =>
    get(path, { limit, task }, collectBody);
  const versionFile = (path: string, version: string, extension: string): string =>
    `${escapePath(path)}/@v/${escapeVersion(version)}.${extension}`;
  return {
    shown,
    list: async (path, task = {}) => parseList(text(await bytes(`${escapePath(path)}/@v/list`, task))),
    latest: async (path, task = {}) =>
      parseModuleInfo(text(await bytes(`${escapePath(path)}/@latest`, task)), `${shown}: @latest of ${path}`),
    info: async (path, version, task = {}) => {
      const answer = text(await bytes(versionFile(path, version, "info"), task));
      const info = parseModuleInfo(answer, `${shown}: .info of ${path}@${version}`);
      checkEcho(path, version, info, shown);
      return info;
    },
    mod: (path, version, task = {}) => bytes(versionFile(path, version, "mod"), task, goModBytes),
    zip: (path, version, file, task = {}) =>
      get(versionFile(path, version, "zip"), { limit: zipBytes, task }, (body) =>
        writeBody(body, file, task),
      ),
  };
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}

async function writeBody({ chunks, total }: HttpBody, file: FileHandle, task: TaskOptions): Promise<void> {
  // An earlier attempt may have left its bytes.
  await file.truncate(0);
  let done = 0;
  for await (const chunk of chunks) {
    task.signal?.throwIfAborted();
    await writeAll(file, chunk, done);
    done += chunk.length;
    task.onProgress?.({ phase: "download", done, ...(total !== undefined && { total }) });
  }
}

async function writeAll(file: FileHandle, chunk: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < chunk.length; ) {
    at += (await file.write(chunk, at, chunk.length - at, position + at)).bytesWritten;
  }
}

function parseList(answer: string): ListedVersion[] {
  const listed: ListedVersion[] = [];
  for (const line of answer.split("\n")) {
    const [version = "", time] = line.trim().split(/\s+/u, 2);
    if (isValidSemver(version)) listed.push({ version, ...(time !== undefined && { time }) });
  }
  return listed;
}

/** A canonical version that fits the path must be answered with itself; anything else may stand for another. */
function checkEcho(path: string, version: string, info: ModuleInfo, shown: string): void {
  if (info.version === version || canonicalVersion(version) !== version) return;
  if (moduleVersionProblem(path, version) !== undefined) return;
  throw new SourceError(
    "bad-answer",
    `${shown}: asked for ${path}@${version}, got the .info of version ${quoted(info.version)}`,
    { hint: "A proxy must answer for the version that it was asked for: use another one." },
  );
}
