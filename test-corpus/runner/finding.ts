import { CaseError } from "./case-error.ts";
import { forms } from "./forms.ts";

/** A line as it is compared: what it says, and the parts in brackets, which WANT may leave out. */
export interface Finding {
  readonly head: string;
  readonly details: readonly string[];
}

/** A line of WANT. */
export interface Want extends Finding {
  readonly line: string;
  /** It must not be found. */
  readonly absent: boolean;
}

/** Takes the parts in brackets off the end of a line. */
export function parseFinding(line: string): Finding {
  const details: string[] = [];
  let head = line.trim();
  for (;;) {
    const match = /^(.*\S) \[([^[\]]+)\]$/u.exec(head);
    // `[clause]` is a package there, not a part that may be left out.
    if (match === null || /^compiled \S+ in$/u.test(match[1] ?? "")) break;
    head = match[1] ?? "";
    details.unshift(match[2] ?? "");
  }
  return { head, details };
}

/** Parses a line of WANT; one that no form explains is a mistake. */
export function parseWant(line: string, of: "scan" | "diff"): Want {
  const absent = line.startsWith("!");
  const finding = parseFinding(absent ? line.slice(1) : line);
  if (!isOfSomeForm(finding, of)) throw new CaseError(`not a line of a ${of} that is known: ${line}`);
  return { ...finding, line, absent };
}

/** Whether the head is of one of the forms. */
export function isOfSomeForm({ head }: Finding, of: "scan" | "diff"): boolean {
  return forms.some((form) => (form.of === of || form.of === "both") && form.pattern.test(head));
}

/** Whether a finding is what WANT speaks of: the same head, and all details that it names. */
export function fits(want: Finding, found: Finding): boolean {
  return want.head === found.head && want.details.every((detail) => found.details.includes(detail));
}
