import type { Configuration } from "./configuration.ts";
import { directClient } from "./direct/direct-client.ts";
import { matchesPatternList } from "./patterns.ts";
import { type ProxyClient, proxyClient } from "./proxy.ts";
import { type ProxyEntry, parseProxyList } from "./proxy-list.ts";
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
 * one does not have the module or, after `|`, on any error; `direct` asks the repository itself and ends the list, and
 * is all that is asked for a private module. Of several errors the most telling is thrown.
 */
export async function tryProxies<T>(walk: ProxyWalk, ask: (proxy: ProxyClient) => Promise<T>): Promise<T> {
  let failure: SourceError | undefined;
  for (const entry of proxiesFor(walk)) {
    if (entry.kind === "off") {
      throw failure === undefined
        ? proxyOff(walk)
        : withHint(failure, 'The GOPROXY list ends with "off" after that.');
    }
    const isDirect = entry.kind === "direct";
    try {
      return await ask(
        isDirect ? directClient(walk.configuration) : proxyClient(entry.url, walk.configuration),
      );
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      if (failure === undefined || isNotFound(failure)) failure = error;
      if (isDirect || (!isNotFound(error) && !entry.fallBackOnError)) break;
    }
  }
  throw failure ?? proxyOff(walk);
}

/** The list for a module. Throws if nothing is configured. */
function proxiesFor({ path, configuration }: ProxyWalk): readonly ProxyEntry[] {
  const { goproxy, gonoproxy } = configuration;
  const entries = goproxy === undefined ? [] : parseProxyList(goproxy.value);
  const isOff = entries[0]?.kind === "off";
  if (!isOff && gonoproxy !== undefined && matchesPatternList(gonoproxy.value, path))
    return [{ kind: "direct" }];
  if (goproxy !== undefined) return entries;
  throw new SourceError("no-proxy", `no module proxy is configured to fetch ${path} from`, {
    hint: 'Set GOPROXY in the environment, with "go env -w", or with --goproxy to the URL of a module proxy (https, http or file). A directory or a module zip needs none.',
  });
}

function proxyOff({ configuration }: ProxyWalk): SourceError {
  return new SourceError(
    "proxy-off",
    `module downloads are turned off by GOPROXY=off (${configuration.goproxy?.from})`,
    {
      hint: "Name a version that is in the module cache, a directory or a module zip; or set GOPROXY or --goproxy to a module proxy.",
    },
  );
}

function withHint(error: SourceError, hint: string): SourceError {
  return new SourceError(error.code, error.message, {
    hint: error.hint === undefined ? hint : `${error.hint} ${hint}`,
    diagnostics: error.diagnostics,
    cause: error.cause,
  });
}
