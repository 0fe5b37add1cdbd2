import type { Configuration } from "./configuration.ts";
import { matchesPatternList } from "./patterns.ts";
import { quoted } from "./printable.ts";
import { type ProxyClient, proxyClient } from "./proxy.ts";
import { parseProxyList } from "./proxy-list.ts";
import type { SourceDiagnostic } from "./source-diagnostic.ts";
import { isNotFound, SourceError } from "./source-error.ts";

/** A module whose proxies are to be asked, and where to note what was passed over. */
export interface ProxyWalk {
  readonly path: string;
  readonly configuration: Configuration;
  readonly diagnostics: SourceDiagnostic[];
}

/**
 * Asks the proxies of the GOPROXY list in their order until one answers. As in Go, the next one is asked if this
 * one does not have the module or, after `|`, on any error; of several errors the most telling is thrown.
 */
export async function tryProxies<T>(walk: ProxyWalk, ask: (proxy: ProxyClient) => Promise<T>): Promise<T> {
  let failure: SourceError | undefined;
  let sawDirect = false;
  for (const entry of proxiesFor(walk)) {
    if (entry.kind === "off") {
      throw failure === undefined
        ? proxyOff(walk)
        : withHint(failure, 'The GOPROXY list ends with "off" after that.');
    }
    if (entry.kind === "direct") {
      sawDirect = true;
      walk.diagnostics.push(directPassedOver(walk.path));
      continue;
    }
    try {
      return await ask(proxyClient(entry.url, walk.configuration));
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      if (failure === undefined || isNotFound(failure)) failure = error;
      if (!isNotFound(error) && !entry.fallBackOnError) break;
    }
  }
  if (failure === undefined) throw directUnsupported(walk.path);
  throw sawDirect && isNotFound(failure) ? withHint(failure, DIRECT_HINT) : failure;
}

/** The list for a module. Throws if it is private or if nothing is configured. */
function proxiesFor({ path, configuration }: ProxyWalk): ReturnType<typeof parseProxyList> {
  const { goproxy, gonoproxy } = configuration;
  if (gonoproxy !== undefined && matchesPatternList(gonoproxy.value, path)) {
    throw new SourceError(
      "private-module",
      `${path} is matched by ${gonoproxy.from} (${quoted(gonoproxy.value)}): no proxy may be asked for it, and fetching from its repository is not supported yet`,
      { hint: "Check the module out and name its directory, or change the setting." },
    );
  }
  if (goproxy === undefined) {
    throw new SourceError("no-proxy", `no module proxy is configured to fetch ${path} from`, {
      hint: 'Set GOPROXY in the environment, with "go env -w", or with --goproxy to the URL of a module proxy (https, http or file). A directory or a module zip needs none.',
    });
  }
  return parseProxyList(goproxy.value);
}

const DIRECT_HINT =
  '"direct" in GOPROXY (fetching from the repository itself) is not supported yet: set GOPROXY or --goproxy to a proxy that has the module.';

function proxyOff({ configuration }: ProxyWalk): SourceError {
  return new SourceError(
    "proxy-off",
    `module downloads are turned off by GOPROXY=off (${configuration.goproxy?.from})`,
    {
      hint: "Name a version that is in the module cache, a directory or a module zip; or set GOPROXY or --goproxy to a module proxy.",
    },
  );
}

function directUnsupported(path: string): SourceError {
  return new SourceError("direct-unsupported", `${path}: the GOPROXY list names no proxy but "direct"`, {
    hint: DIRECT_HINT,
  });
}

function directPassedOver(path: string): SourceDiagnostic {
  return {
    code: "goproxy-direct",
    severity: "warning",
    message: `GOPROXY entry "direct" was passed over for ${path}: fetching from repositories is not supported yet`,
  };
}

function withHint(error: SourceError, hint: string): SourceError {
  return new SourceError(error.code, error.message, {
    hint: error.hint === undefined ? hint : `${error.hint} ${hint}`,
    diagnostics: error.diagnostics,
    cause: error.cause,
  });
}
