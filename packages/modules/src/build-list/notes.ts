import type { SourceDiagnostic } from "../source-diagnostic.ts";

/** As many diagnostics of one code are kept; the rest are counted. */
const MAX_PER_CODE = 50;

/** Diagnostics that come in any order, each perhaps more than once. */
export interface Notes {
  add(code: string, message: string, severity?: SourceDiagnostic["severity"]): void;
  /** Each once, by code and message, with no more than so many of a code. */
  list(): SourceDiagnostic[];
}

/** No notes yet. */
export function takeNotes(): Notes {
  const byCode = new Map<string, Map<string, SourceDiagnostic>>();
  return {
    add: (code, message, severity = "error") => {
      const byMessage = byCode.get(code) ?? new Map<string, SourceDiagnostic>();
      byCode.set(code, byMessage.set(message, { code, severity, message }));
    },
    list: () => [...byCode.values()].flatMap(ofOneCode).sort((a, b) => compareText(a.code, b.code)),
  };
}

function ofOneCode(byMessage: ReadonlyMap<string, SourceDiagnostic>): SourceDiagnostic[] {
  const sorted = [...byMessage.values()].sort((a, b) => compareText(a.message, b.message));
  const kept = sorted.slice(0, MAX_PER_CODE);
  const more = sorted.length - kept.length;
  const last = kept.at(-1);
  return more === 0 || last === undefined ? kept : [...kept, { ...last, message: `${more} more like this` }];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
