import { readFile, stat } from "node:fs/promises";
import { delimiter, isAbsolute, join, resolve } from "node:path";
import type { GitLimits } from "./git/git-command.ts";
import {
  type GoEnvironment,
  homeFolder,
  readGoEnvironment,
  type Setting,
  type Surroundings,
  userFolder,
} from "./go-environment.ts";
import { DEFAULT_LIMITS, DEFAULT_TIMEOUTS, type SourceLimits, type Timeouts } from "./limits.ts";
import { modulePathProblem } from "./module-path.ts";
import { type NetrcEntry, parseNetrc } from "./netrc.ts";
import { quoted } from "./printable.ts";
import type { SourceDiagnostic } from "./source-diagnostic.ts";
import { SourceError } from "./source-error.ts";

/** What command-line flags may set. An empty string counts as not set. */
export interface ConfigurationFlags {
  readonly goproxy?: string | undefined;
  readonly gonoproxy?: string | undefined;
  readonly goprivate?: string | undefined;
  readonly gosumdb?: string | undefined;
  readonly gonosumdb?: string | undefined;
  readonly gomodcache?: string | undefined;
  readonly cacheDir?: string | undefined;
  /** Where repositories are that a user names himself: `import/path=URL` or `import/path=DIRECTORY`. */
  readonly repositories?: readonly string[] | undefined;
  /** Downloads are not held against the checksum database, whatever Go's configuration says. */
  readonly insecureSkipSumdb?: boolean | undefined;
}

/** Where {@link loadConfiguration} takes settings from; all but the flags and the environment are for tests. */
export interface ConfigurationInput {
  readonly flags?: ConfigurationFlags | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly platform?: NodeJS.Platform | undefined;
  readonly limits?: Partial<SourceLimits> | undefined;
  readonly timeouts?: Partial<Timeouts> | undefined;
}

/** HTTP proxies (not module proxies) to go through, from the usual environment variables. */
export interface HttpProxySettings {
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  readonly noProxy?: string;
}

/** A repository that the user names, in place of the one that an import path leads to. */
export interface NamedRepository {
  /** The import path of the repository's root. */
  readonly root: string;
  /** A URL or a directory. */
  readonly place: string;
}

/** Everything that fetching depends on. Plain data; make one with {@link loadConfiguration}. */
export interface Configuration {
  /** The GOPROXY list as written and who set it; undefined if nobody did. */
  readonly goproxy: Setting | undefined;
  /** Globs of modules that no proxy is asked for. */
  readonly gonoproxy: Setting | undefined;
  /** The checksum database, as GOSUMDB is written; undefined if nobody set it. */
  readonly gosumdb: Setting | undefined;
  /** Globs of modules that are not looked up in the checksum database. */
  readonly gonosumdb: Setting | undefined;
  /** No download is looked up. */
  readonly skipSumdb: boolean;
  /** Which version control systems may be used for which modules. */
  readonly govcs: Setting | undefined;
  /** Which go.work counts, as in Go: `off`, or the file; unset, it is looked for. */
  readonly gowork: Setting | undefined;
  /** Go's module cache, which is only ever read; undefined if there is no home folder to look in. */
  readonly moduleCache: string | undefined;
  /** capdiff's own downloads. */
  readonly cacheDir: string | undefined;
  /** Repositories that the user names, by the import paths of their roots; the longest path counts. */
  readonly repositories: readonly NamedRepository[];
  readonly netrc: readonly NetrcEntry[];
  readonly httpProxy: HttpProxySettings;
  readonly limits: SourceLimits;
  readonly timeouts: Timeouts;
  /** What bounds runs of git, and what of the environment it is given. */
  readonly git: GitLimits;
  readonly diagnostics: readonly SourceDiagnostic[];
}

/**
 * Reads the configuration: flag, then environment, then the user's Go env file, then GOROOT's go.env. Has no
 * proxy of its own. Throws a `SourceError` for a flag that cannot be used; files that cannot be read are empty.
 */
export async function loadConfiguration(input: ConfigurationInput): Promise<Configuration> {
  const surroundings: Surroundings = { env: input.env, platform: input.platform ?? process.platform };
  const flags = input.flags ?? {};
  const lookUp = await readGoEnvironment(surroundings);
  const diagnostics: SourceDiagnostic[] = [];
  const limits = { ...DEFAULT_LIMITS, ...input.limits };
  const timeouts = { ...DEFAULT_TIMEOUTS, ...input.timeouts };
  const privateOr = (name: string): Setting | undefined =>
    flag("--goprivate", flags.goprivate) ?? lookUp(name) ?? lookUp("GOPRIVATE");
  return {
    goproxy: flag("--goproxy", flags.goproxy) ?? lookUp("GOPROXY"),
    gonoproxy: flag("--gonoproxy", flags.gonoproxy) ?? privateOr("GONOPROXY"),
    gosumdb: flag("--gosumdb", flags.gosumdb) ?? lookUp("GOSUMDB"),
    gonosumdb: flag("--gonosumdb", flags.gonosumdb) ?? privateOr("GONOSUMDB"),
    skipSumdb: flags.insecureSkipSumdb === true,
    govcs: lookUp("GOVCS"),
    gowork: lookUp("GOWORK"),
    moduleCache: moduleCache(flags, lookUp, surroundings, diagnostics),
    cacheDir: cacheFolder(flags, surroundings),
    repositories: (flags.repositories ?? [])
      .map(namedRepository)
      .sort((a, b) => b.root.length - a.root.length),
    netrc: await readNetrc(surroundings),
    httpProxy: httpProxySettings(input.env),
    limits,
    timeouts,
    git: { time: timeouts.git, diskBytes: limits.repositoryBytes, variables: input.env },
    diagnostics,
  };
}

function namedRepository(text: string): NamedRepository {
  const [, root = "", place = ""] = /^([^=]+)=(.+)$/su.exec(text) ?? [];
  if (root !== "" && modulePathProblem(root) === undefined) return { root, place };
  throw new SourceError("bad-configuration", `${quoted(text)} names no repository of an import path`, {
    hint: "Write IMPORT/PATH=URL or IMPORT/PATH=DIRECTORY, such as example.com/m=../m.",
  });
}

function flag(name: string, value: string | undefined): Setting | undefined {
  return value ? { value, from: `flag ${name}` } : undefined;
}

function moduleCache(
  flags: ConfigurationFlags,
  lookUp: GoEnvironment,
  surroundings: Surroundings,
  diagnostics: SourceDiagnostic[],
): string | undefined {
  if (flags.gomodcache) return resolve(flags.gomodcache);
  const named = lookUp("GOMODCACHE");
  if (named !== undefined) return absoluteOrNoted(named, diagnostics);
  const gopath = lookUp("GOPATH");
  const first = gopath?.value.split(delimiter, 1)[0];
  if (gopath !== undefined && first) {
    const folder = absoluteOrNoted({ value: first, from: gopath.from }, diagnostics);
    return folder && join(folder, "pkg", "mod");
  }
  const home = homeFolder(surroundings);
  return home && join(home, "go", "pkg", "mod");
}

function absoluteOrNoted(setting: Setting, diagnostics: SourceDiagnostic[]): string | undefined {
  if (isAbsolute(setting.value)) return setting.value;
  diagnostics.push({
    code: "relative-module-cache",
    severity: "warning",
    message: `${setting.from} is ${quoted(setting.value)}, which is not an absolute path: the module cache is not read`,
  });
  return undefined;
}

function cacheFolder(flags: ConfigurationFlags, surroundings: Surroundings): string | undefined {
  if (flags.cacheDir) return resolve(flags.cacheDir);
  const folder = userFolder(surroundings, "cache");
  // The XDG rules say that a relative path is to be ignored.
  return folder !== undefined && isAbsolute(folder) ? join(folder, "capdiff") : undefined;
}

async function readNetrc(surroundings: Surroundings): Promise<readonly NetrcEntry[]> {
  const home = homeFolder(surroundings);
  const named = surroundings.env["NETRC"];
  const names = surroundings.platform === "win32" ? ["_netrc", ".netrc"] : [".netrc"];
  const files = named ? [named] : names.map((name) => (home === undefined ? name : join(home, name)));
  for (const file of home === undefined && !named ? [] : files) {
    try {
      if ((await stat(file)).isFile()) return parseNetrc(await readFile(file, "utf8"));
    } catch (error) {
      if (named) {
        throw new SourceError(
          "bad-configuration",
          `cannot read the netrc file ${quoted(file)} that NETRC names`,
          {
            hint: "Unset NETRC, or let it name a file that can be read.",
            cause: error,
          },
        );
      }
    }
  }
  return [];
}

function httpProxySettings(env: NodeJS.ProcessEnv): HttpProxySettings {
  const httpProxy = env["http_proxy"] || env["HTTP_PROXY"];
  const httpsProxy = env["https_proxy"] || env["HTTPS_PROXY"];
  const noProxy = env["no_proxy"] || env["NO_PROXY"];
  return { ...(httpProxy && { httpProxy }), ...(httpsProxy && { httpsProxy }), ...(noProxy && { noProxy }) };
}
