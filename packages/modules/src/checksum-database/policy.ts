import type { Configuration } from "../configuration.ts";
import type { Setting } from "../go-environment.ts";
import { matchesPatternList } from "../patterns.ts";
import { quoted } from "../printable.ts";
import { SourceError } from "../source-error.ts";
import { type DatabaseSetting, parseGosumdb } from "./setting.ts";

/** Whether a module's hashes are looked up, or why they are not. */
export type ChecksumPolicy =
  | { readonly kind: "check"; readonly database: DatabaseSetting }
  /** `why` names no module, so that it can be told once for all of them. */
  | { readonly kind: "off"; readonly why: string };

/** Go's own releases as modules. No go.sum can list them, so they are looked up whatever is set. */
const TOOLCHAIN = "golang.org/toolchain";

/**
 * As in Go: GOSUMDB names a database or is `off`, GONOSUMDB (else GOPRIVATE) lists modules that are not looked up.
 * GONOSUMCHECK and GOFLAGS=-insecure, which old releases knew, change nothing. Unlike Go, nothing is built in for
 * a GOSUMDB that is not set. Throws a `SourceError` for a GOSUMDB that cannot be used.
 */
export function checksumPolicy(path: string, configuration: Configuration): ChecksumPolicy {
  const { gosumdb, gonosumdb, skipSumdb } = configuration;
  if (skipSumdb) return { kind: "off", why: "--insecure-skip-sumdb" };
  if (path === TOOLCHAIN && !isSingleFolder(configuration))
    return { kind: "check", database: required(gosumdb) };
  if (gosumdb === undefined) return { kind: "off", why: "no GOSUMDB is configured" };
  if (gosumdb.value === "off") return { kind: "off", why: `GOSUMDB=off (${gosumdb.from})` };
  if (gonosumdb !== undefined && matchesPatternList(gonosumdb.value, path))
    return { kind: "off", why: `${gonosumdb.from} (${quoted(gonosumdb.value)}) matches` };
  return { kind: "check", database: parseGosumdb(gosumdb) };
}

/** Whether a single folder is all that GOPROXY names: how releases of one's own are tried out. */
function isSingleFolder({ goproxy }: Configuration): boolean {
  return goproxy !== undefined && /^file:\/\/[^,|]*$/u.test(goproxy.value);
}

function required(gosumdb: Setting | undefined): DatabaseSetting {
  if (gosumdb !== undefined && gosumdb.value !== "off") return parseGosumdb(gosumdb);
  throw new SourceError(
    "checksum-unavailable",
    `${TOOLCHAIN} must be checked against the checksum database, and ${gosumdb === undefined ? "no GOSUMDB is configured" : `GOSUMDB is off (${gosumdb.from})`}`,
    { hint: "Set GOSUMDB, name a GOROOT in place of a release, or add --insecure-skip-sumdb." },
  );
}
