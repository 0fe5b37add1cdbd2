/** Terminals with the values of their arguments that could be worked out. */
import type { TerminalUse } from "../classify/terminals.ts";
import { isWholeValue } from "../compile/arguments.ts";
import type { FoldedCalls } from "../evaluate/fold-calls.ts";
import type { Program } from "../link/program.ts";
import type { Diagnostic, Outcome } from "../model/diagnostic.ts";
import type { UseFacts } from "../model/facts.ts";
import type { Argument } from "../model/report.ts";

/** What these are given says nothing to a reader. */
const ofMemory: ReadonlySet<string> = new Set(["UNSAFE_POINTER", "REFLECT"]);

/** What these are given is numbers and memory: what callers hand in is not worth looking for. */
const ofMachine: ReadonlySet<string> = new Set(["SYSTEM_CALLS", "RUNTIME", "OPERATING_SYSTEM"]);

/** Asks about the calls in functions of the module that have arguments which are no constants, or too long to be kept as such. */
export function withFolded(
  { functions }: Program,
  folded: FoldedCalls,
  terminals: readonly TerminalUse[],
): Outcome<TerminalUse[]> {
  const ended = new Map<UseFacts, TerminalUse>();
  const value = terminals.map((one) => {
    const { from, made, arguments: given } = one;
    const asked =
      made?.use === "call" &&
      functions[from]?.pkg.module === undefined &&
      !ofOpenFile.test(one.terminal.name);
    if (
      !asked ||
      one.capabilities.every((capability) => ofMemory.has(capability)) ||
      (given.every(isWholeValue) && made.target.kind !== "dynamic")
    )
      return one;
    const callers = !one.capabilities.every((capability) => ofMachine.has(capability.replace(/\/.*/u, "")));
    const values = folded.valuesOf(from, made, { callers });
    if (folded.isCut(made)) ended.set(made, one);
    if (values === undefined) return one;
    // Of the call of a function value no argument is written in facts.
    const written = made.target.kind === "dynamic" ? values.map(() => unwritten) : given;
    return {
      ...one,
      values: written.map((_, index) => values[index] ?? []),
      arguments: written.map((argument, index) => {
        const [first] = values[index] ?? [];
        return first === undefined ? argument : { ...argument, folded: first };
      }),
    };
  });
  return { value, diagnostics: boundsReached(functions, [...ended.values()], folded.isSpent()) };
}

const unwritten: Argument = { text: "…" };

/** What is done with a file that is open already is told by how it was opened. */
const ofOpenFile = /^\(\*?os\.File\)\.(?!Write$|WriteString$)/u;

/** Told once: code that computes much is seldom code that hides something. */
function boundsReached(
  functions: Program["functions"],
  ended: readonly TerminalUse[],
  isSpent: boolean,
): Diagnostic[] {
  const [first] = ended;
  const told: Omit<Diagnostic, "message"> = { code: "too-many-steps", severity: "info", incomplete: false };
  const diagnostics: Diagnostic[] = [];
  if (first !== undefined) {
    const { line, column, terminal, from } = first;
    const file = functions[from]?.file.name ?? "";
    const others = ended.length > 1 ? `, nor what ${ended.length - 1} other calls are given` : "";
    diagnostics.push({
      ...told,
      message: `what ${terminal.name} is given was not worked out to the end${others}: it takes too many steps`,
      range: { file, line, column, endLine: line, endColumn: column + 1 },
    });
  }
  if (isSpent)
    diagnostics.push({
      ...told,
      severity: "warning",
      message: "what calls are given was worked out up to a bound: there may be more values",
      incomplete: true,
    });
  return diagnostics;
}
