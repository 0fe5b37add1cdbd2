/**
 * Servers that do not answer. A build list asks for hundreds of files: when one request after the other waited in vain,
 * the rest need not wait too. Counts requests, never time, for as long as a configuration is used.
 */
import type { Configuration } from "./configuration.ts";
import { redactUrl } from "./proxy-list.ts";
import { SourceError } from "./source-error.ts";

/** After as many requests in a row without any answer a server is not asked again. */
const MAX_IN_VAIN = 3;

const inVain = new WeakMap<Configuration, Map<string, number>>();

/** Throws a `SourceError` if the server is not to be asked any more. */
export function checkReachable(url: URL, configuration: Configuration): void {
  const count = inVain.get(configuration)?.get(url.origin) ?? 0;
  if (count < MAX_IN_VAIN) return;
  const message = `GET ${redactUrl(url)}: not asked: earlier requests to this server had no answer`;
  throw new SourceError("connection", message, {
    hint: "Check the network, the GOPROXY entry and HTTP_PROXY / HTTPS_PROXY / NO_PROXY.",
  });
}

/** Takes down how a request ended: an answer of any kind, or none. */
export function noteAnswer(url: URL, configuration: Configuration, failure?: unknown): void {
  const counts = inVain.get(configuration) ?? new Map<string, number>();
  inVain.set(configuration, counts);
  const hadNone = failure instanceof SourceError && isSilence(failure);
  if (hadNone) counts.set(url.origin, (counts.get(url.origin) ?? 0) + 1);
  else if (failure === undefined || failure instanceof SourceError) counts.delete(url.origin);
}

function isSilence({ code }: SourceError): boolean {
  return code === "connection" || code === "timeout";
}
