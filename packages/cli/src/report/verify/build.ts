/** From what was found out to the report. */
import type { Diagnostic, Tool } from "@capdiff/analyzer";
import { type FindingInfo, PROVENANCE_FINDINGS, type Provenance } from "@capdiff/modules";
import {
  type ModuleProvenance,
  type ReportedFinding,
  type VerifyReport,
  verifySchemaVersion,
} from "./model.ts";

export interface VerifyParts {
  readonly tool: Tool;
  readonly against: VerifyReport["against"];
  readonly modules: readonly ModuleProvenance[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A report's module, with what its findings mean. */
export function moduleProvenance(provenance: Provenance): ModuleProvenance {
  const findings = provenance.findings.map(({ id, message }): ReportedFinding => {
    const info: FindingInfo = PROVENANCE_FINDINGS[id];
    return { id, title: info.title, message, meaning: info.meaning, benign: info.benign };
  });
  return { ...provenance, findings };
}

export function buildVerifyReport({ tool, against, modules, diagnostics }: VerifyParts): VerifyReport {
  return {
    schemaVersion: verifySchemaVersion,
    tool,
    command: "verify",
    against,
    verdict: worst(
      verdicts,
      modules.map(({ verdict }) => verdict),
    ),
    checksum: worst(
      statuses,
      modules.flatMap(({ checksum }) =>
        checksum === undefined ? ["unavailable" as const] : [checksum.status],
      ),
    ),
    modules,
    diagnostics,
  };
}

/** The best first. */
const verdicts = ["same", "explained", "unverifiable", "differs"] as const;
const statuses = ["verified", "off", "unavailable", "mismatch"] as const;

function worst<Word extends string>(order: readonly [Word, ...Word[]], found: readonly Word[]): Word {
  return order.findLast((word) => found.includes(word)) ?? order[0];
}
