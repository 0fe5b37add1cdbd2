import type { Finding } from "@capdiff/analyzer";
import { readBounded } from "../bounded-file.ts";
import type { Environment } from "../environment.ts";
import { UsageError } from "../errors.ts";
import { type LedgerEntry, ledgerName, writeEntries } from "../ledger.ts";
import { writeStream } from "../output.ts";
import { escapeText } from "../report/escape.ts";

/** What is accepted, why, and where that is written. */
export interface Acceptance {
  readonly fingerprints: readonly string[];
  readonly reason: string;
  /** A saved report that has the findings, for what they say. */
  readonly report?: string;
  /** The ledger; the one where the program runs, unless given. */
  readonly ledger?: string;
}

/** Writes findings into the ledger. */
export async function accept(
  { fingerprints, reason, report, ledger = ledgerName }: Acceptance,
  environment: Environment,
): Promise<void> {
  const known = report === undefined ? undefined : await findingsOf(report);
  const entries = fingerprints.map((fingerprint) => entryOf(fingerprint, { reason, report, known }));
  await writeEntries(ledger, entries);
  const lines = entries.map(
    ({ fingerprint, rule, message }) =>
      `accepted ${fingerprint}${rule === undefined ? "" : ` ${rule}: ${message ?? ""}`}`,
  );
  await writeStream(environment.stdout, [
    [...lines, `written to ${ledger}`].map((line) => `${escapeText(line)}\n`).join(""),
  ]);
}

interface Given {
  readonly reason: string;
  readonly report: string | undefined;
  readonly known: readonly Finding[] | undefined;
}

function entryOf(written: string, { reason, report, known }: Given): LedgerEntry {
  const fingerprint = written.toLowerCase();
  if (!/^[0-9a-f]{16}$/u.test(fingerprint))
    throw new UsageError(
      `"${written}" is no fingerprint`,
      "It has 16 hexadecimal digits and stands behind each finding, in text and in JSON.",
    );
  if (known === undefined) return { fingerprint, reason };
  const found = known.find((one) => one.fingerprint === fingerprint);
  if (found === undefined) throw new UsageError(`${report} has no finding ${fingerprint}`);
  return { fingerprint, reason, rule: found.rule, message: found.message };
}

async function savedText(file: string): Promise<string> {
  const { savedLimit } = await import("../saved/read.ts");
  const bytes = await readBounded(file, savedLimit).catch((error: unknown) => {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new UsageError(
      `the report ${file} cannot be read: ${code}`,
      "Save one with --format json -o FILE.",
    );
  });
  if (bytes === undefined) throw new UsageError(`the report ${file} has more than ${savedLimit} bytes`);
  return bytes.toString("utf8").replace(/^\ufeff/u, "");
}

async function findingsOf(file: string): Promise<readonly Finding[]> {
  const { readReport } = await import("../report/read.ts");
  return (await readReport(await savedText(file))).findings ?? [];
}
