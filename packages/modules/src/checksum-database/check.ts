/** What the checksum database says of a hash, and what follows for a download. */
import type { Configuration } from "../configuration.ts";
import type { TaskOptions } from "../module-copy.ts";
import { printable } from "../printable.ts";
import type { SourceDiagnostic } from "../source-diagnostic.ts";
import { SourceError } from "../source-error.ts";
import type { ModuleVersion } from "../zip.ts";
import { type ChecksumDatabase, openDatabase } from "./database.ts";
import { checksumPolicy } from "./policy.ts";

/** A hash of a published version: of its zip or of its go.mod. */
export interface PublishedHash extends ModuleVersion {
  readonly of: "module" | "go.mod";
  readonly h1: string;
}

/** What the database says. `why` is in words, safe to print. */
export type ChecksumAnswer =
  | { readonly status: "verified"; readonly database: string }
  | { readonly status: "mismatch"; readonly database: string; readonly expected: string }
  | { readonly status: "off"; readonly why: string }
  | { readonly status: "unavailable"; readonly database: string; readonly why: string };

const databases = new WeakMap<Configuration, ChecksumDatabase>();

/**
 * Asks the database of the configuration. Rejects with a `SourceError` if it contradicts itself (`checksum-fork`)
 * or answers what it did not sign (`checksum-bad-answer`); that it cannot be reached is an answer.
 */
export async function askDatabase(
  hash: PublishedHash,
  configuration: Configuration,
  task: TaskOptions = {},
): Promise<ChecksumAnswer> {
  const policy = checksumPolicy(hash.path, configuration);
  if (policy.kind === "off") return { status: "off", why: policy.why };
  const database = databases.get(configuration) ?? openDatabase(policy.database, configuration);
  databases.set(configuration, database);
  try {
    return compare(hash, await database.lookUp(hash, task), database.name);
  } catch (error) {
    if (!(error instanceof SourceError) || isAboutDatabase(error)) throw error;
    return { status: "unavailable", database: database.name, why: error.message };
  }
}

/** Whether an error says that the database lies, or that what it says cannot be kept: going on would hide that. */
export function isAboutDatabase({ code }: SourceError): boolean {
  return code === "checksum-fork" || code === "checksum-bad-answer" || code === "cache-unwritable";
}

function compare(
  { path, version, of, h1 }: PublishedHash,
  lines: readonly string[],
  database: string,
): ChecksumAnswer {
  const prefix = `${path} ${version}${of === "go.mod" ? "/go.mod" : ""} `;
  const sums = lines
    .filter((line) => line.startsWith(`${prefix}h1:`))
    .map((line) => line.slice(prefix.length));
  if (sums.includes(h1)) return { status: "verified", database };
  if (sums.length === 0)
    return { status: "unavailable", database, why: `it has no h1 of ${printable(prefix.trim())}` };
  return { status: "mismatch", database, expected: sums.join(" ") };
}

/**
 * Holds what was just downloaded against the database. Throws a `SourceError` if it is not what the database has
 * or if the database cannot be asked; that it is not to be asked is noted.
 */
export async function checkDownload(
  hash: PublishedHash,
  walk: { readonly configuration: Configuration; readonly diagnostics: SourceDiagnostic[] },
  task: TaskOptions = {},
): Promise<void> {
  const { onProgress: _, ...quiet } = task;
  const answer = await askDatabase(hash, walk.configuration, quiet);
  if (answer.status === "mismatch") throw mismatch(hash, answer.expected);
  if (answer.status === "unavailable") throw unavailable(hash, answer.why);
  if (answer.status === "off") noteOnce(walk.diagnostics, notChecked(answer.why));
}

/**
 * Holds what was downloaded earlier against the database: false if it is something else. That the database cannot
 * be asked is noted, so that one can work offline.
 */
export async function recheckDownload(
  hash: PublishedHash,
  walk: { readonly configuration: Configuration; readonly diagnostics: SourceDiagnostic[] },
  task: TaskOptions = {},
): Promise<boolean> {
  const { onProgress: _, ...quiet } = task;
  const answer = await askDatabase(hash, walk.configuration, quiet);
  if (answer.status === "off") noteOnce(walk.diagnostics, notChecked(answer.why));
  if (answer.status === "unavailable") {
    noteOnce(walk.diagnostics, {
      code: "checksum-unavailable",
      severity: "warning",
      message: notKnown(answer.why),
    });
  }
  return answer.status !== "mismatch";
}

function notChecked(why: string): SourceDiagnostic {
  return {
    code: "checksum-off",
    severity: "warning",
    message: `not checked against the checksum database: ${why}`,
  };
}

function notKnown(why: string): string {
  return `not checked against the checksum database, which cannot be asked: ${why}`;
}

function noteOnce(diagnostics: SourceDiagnostic[], diagnostic: SourceDiagnostic): void {
  const isKnown = diagnostics.some(
    ({ code, message }) => code === diagnostic.code && message === diagnostic.message,
  );
  if (!isKnown) diagnostics.push(diagnostic);
}

function mismatch({ path, version, of, h1 }: PublishedHash, expected: string): SourceError {
  return new SourceError(
    "checksum-mismatch",
    `${path}@${version}: the ${of === "go.mod" ? "go.mod" : "zip"} hashes to ${h1}, but the checksum database has ${printable(expected)}`,
    {
      hint: "These are not the bytes that everybody else gets: do not use them. The proxy, or something on the way to it, may have changed them.",
    },
  );
}

function unavailable({ path, version }: PublishedHash, why: string): SourceError {
  return new SourceError(
    "checksum-unavailable",
    `${path}@${version} cannot be checked against the checksum database: ${why}`,
    {
      hint: "Check the network and GOSUMDB; for a private module set GOPRIVATE or GONOSUMDB. --insecure-skip-sumdb does without the check.",
    },
  );
}
