import type { Configuration } from "../configuration.ts";
import type { TaskOptions } from "../module-copy.ts";
import { printable } from "../printable.ts";
import { parseProxyList } from "../proxy-list.ts";
import { collectBody, type GetServed, servedFiles } from "../served-files.ts";
import { isNotFound, SourceError } from "../source-error.ts";
import type { DatabaseSetting } from "./setting.ts";

/** No answer of a database is larger: a tile has 8 KiB, a look-up is a few lines. */
const ANSWER_BYTES = 1024 * 1024;

/** Reads a path below the database's address. Rejects with a `SourceError`; nothing is verified. */
export type ReadRemote = (path: string, task: TaskOptions) => Promise<Uint8Array>;

/**
 * Speaks to the database where Go would: at the URL in GOSUMDB, else through the first proxy that says it passes
 * on what the database says (then never directly), else directly. Unlike in Go, GOPROXY=off means that nothing is
 * asked at all. Which way it is, is found out when the first path is read.
 */
export function databaseTransport(setting: DatabaseSetting, configuration: Configuration): ReadRemote {
  let found: Promise<GetServed> | undefined;
  return async (path, task) => {
    found ??= findAddress(setting, configuration, task);
    const get = await found;
    return get(path, { limit: ANSWER_BYTES, task }, collectBody);
  };
}

async function findAddress(
  setting: DatabaseSetting,
  configuration: Configuration,
  task: TaskOptions,
): Promise<GetServed> {
  if (configuration.goproxy?.value.trim() === "off") throw nothingAsked(configuration);
  if (setting.url !== undefined) return servedFiles(setting.url, configuration);
  return (await throughProxy(setting, configuration, task)) ?? servedFiles(setting.direct, configuration);
}

async function throughProxy(
  { name }: DatabaseSetting,
  configuration: Configuration,
  task: TaskOptions,
): Promise<GetServed | undefined> {
  const { goproxy } = configuration;
  for (const entry of goproxy === undefined ? [] : parseProxyList(goproxy.value)) {
    if (entry.kind !== "url") return undefined;
    const get = servedFiles(entry.url, configuration);
    try {
      await get(`sumdb/${name}/supported`, { limit: ANSWER_BYTES, task }, collectBody);
      return (path, options, consume) => get(`sumdb/${name}/${path}`, options, consume);
    } catch (error) {
      if (!(error instanceof SourceError) || !(isNotFound(error) || entry.fallBackOnError)) throw error;
    }
  }
  return undefined;
}

function nothingAsked({ goproxy }: Configuration): SourceError {
  return new SourceError(
    "proxy-off",
    `nothing is asked with GOPROXY=off (${printable(goproxy?.from ?? "")})`,
  );
}
