/**
 * The ledger: findings that the user has read and accepted, in a file of the user's own repository. Nothing
 * inside of an analysed module can accept anything. An entry holds for one fingerprint, which is made of the
 * rule, the names and the code of the functions that a finding is about: it comes back when its code changes.
 */
import { createHash } from "node:crypto";
import { basename } from "node:path";
import { type Bump, type Finding, type Report, verdictOf } from "@capdiff/analyzer";
import { readBounded } from "./bounded-file.ts";
import { bumpVerdict } from "./bump-verdict.ts";
import { UsageError } from "./errors.ts";
import { writeFileWhole } from "./output.ts";

/** The file that is looked for where the program runs. */
export const ledgerName = "capdiff-accepted.json";

/** Bytes of a ledger, at most. */
const ledgerLimit = 16_000_000;

/** One accepted finding. */
export interface LedgerEntry {
  /** Of the finding. */
  readonly fingerprint: string;
  /** Why it was accepted. */
  readonly reason: string;
  /** Which rule said it, for readers of the file. */
  readonly rule?: string;
  /** What it said, for readers of the file. */
  readonly message?: string;
}

export interface Ledger {
  readonly name: string;
  readonly sha256: string;
  readonly entries: readonly LedgerEntry[];
}

/** The ledger at a path; undefined if there is none and it need not be there. Throws a UsageError for one that is malformed. */
export async function readLedger(path: string, mustExist: boolean): Promise<Ledger | undefined> {
  const text = await textOf(path, mustExist);
  if (text === undefined) return undefined;
  const sha256 = createHash("sha256").update(text).digest("hex");
  return { name: basename(path), sha256, entries: entriesOf(parsed(text, path), path) };
}

async function textOf(path: string, mustExist: boolean): Promise<string | undefined> {
  try {
    const bytes = await readBounded(path, ledgerLimit);
    if (bytes === undefined) throw new UsageError(`the ledger ${path} has more than ${ledgerLimit} bytes`);
    return bytes.toString("utf8").replace(/^\ufeff/u, "");
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    if (code === "ENOENT" && !mustExist) return undefined;
    throw new UsageError(
      `the ledger ${path} cannot be read: ${code === "ENOENT" ? "there is no such file" : code}`,
      "`capdiff accept` makes one.",
    );
  }
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(
      `the ledger ${path} is no JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

const keys: ReadonlySet<string> = new Set(["version", "accepted"]);
const fields: ReadonlySet<string> = new Set(["fingerprint", "reason", "rule", "message"]);
const fingerprintForm = /^[0-9a-f]{16}$/u;

function entriesOf(value: unknown, path: string): readonly LedgerEntry[] {
  const wrong = (where: string, what: string) =>
    new UsageError(
      `the ledger ${path} is not understood: ${where} ${what}`,
      `It has {"version": 1, "accepted": [{"fingerprint": "...", "reason": "..."}]}.`,
    );
  if (!isObject(value)) throw wrong("it", "is no object");
  if (value["version"] !== 1) throw wrong("version", "is not 1");
  // `accept` writes the file anew: what it does not know would be lost.
  const other = Object.keys(value).find((key) => !keys.has(key));
  if (other !== undefined) throw wrong("it", `has a field "${other}"`);
  const list = value["accepted"];
  if (!Array.isArray(list)) throw wrong("accepted", "is no list");
  const seen = new Map<string, number>();
  return list.map((entry: unknown, index) => {
    const where = `accepted[${index}]`;
    if (!isObject(entry)) throw wrong(where, "is no object");
    const unknown = Object.keys(entry).find((key) => !fields.has(key));
    if (unknown !== undefined) throw wrong(where, `has a field "${unknown}"`);
    const { fingerprint, reason, rule, message } = entry;
    if (typeof fingerprint !== "string" || !fingerprintForm.test(fingerprint))
      throw wrong(where, "has no fingerprint of 16 hexadecimal digits");
    if (typeof reason !== "string" || reason.trim() === "") throw wrong(where, "has no reason");
    const before = seen.get(fingerprint);
    if (before !== undefined) throw wrong(where, `has the fingerprint of accepted[${before}]`);
    seen.set(fingerprint, index);
    if (rule !== undefined && typeof rule !== "string") throw wrong(where, "has a rule that is no text");
    if (message !== undefined && typeof message !== "string")
      throw wrong(where, "has a message that is no text");
    return {
      fingerprint,
      reason,
      ...(rule !== undefined && { rule }),
      ...(message !== undefined && { message }),
    };
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The report with what is accepted marked, and the verdict of the rest. */
export function withAccepted(report: Report, ledger: Ledger | undefined): Report {
  const { findings, bumps, configuration } = report;
  if (ledger === undefined || findings === undefined) return report;
  const reasons = new Map(ledger.entries.map(({ fingerprint, reason }) => [fingerprint, reason]));
  const marked = findings.map((finding): Finding => {
    const reason = reasons.get(finding.fingerprint);
    return reason === undefined ? finding : { ...finding, accepted: reason };
  });
  const { name, sha256 } = ledger;
  return {
    ...report,
    configuration: { ...configuration, ledger: { name, sha256 } },
    findings: marked,
    ...(bumps !== undefined && { bumps: bumps.map((one) => withVerdict(one, marked)) }),
    verdict: verdictOf(marked, report.diagnostics),
  };
}

function withVerdict(bump: Bump, findings: readonly Finding[]): Bump {
  const verdict = bumpVerdict(bump, findings);
  return { ...bump, ...(verdict !== undefined && { verdict }) };
}

/** Writes entries into the ledger, in the order of their fingerprints; one of the same fingerprint is replaced. */
export async function writeEntries(path: string, added: readonly LedgerEntry[]): Promise<void> {
  const known = (await readLedger(path, false))?.entries ?? [];
  const all = new Map([...known, ...added].map((entry) => [entry.fingerprint, entry]));
  const accepted = [...all.values()].sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
  await writeFileWhole(path, [`${JSON.stringify({ version: 1, accepted }, null, 2)}\n`]);
}
