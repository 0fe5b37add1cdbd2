/** Terminals with the values of their arguments that could be worked out. */
import type { TerminalUse } from "../classify/terminals.ts";
import type { FoldedCalls } from "../evaluate/fold-calls.ts";
import type { Program } from "../link/program.ts";

/** What these are given says nothing to a reader. */
const ofMemory: ReadonlySet<string> = new Set(["UNSAFE_POINTER", "REFLECT"]);

/** Asks about the calls in functions of the module that have arguments which are no constants. */
export function withFolded(
  { functions }: Program,
  folded: FoldedCalls,
  terminals: readonly TerminalUse[],
): TerminalUse[] {
  return terminals.map((one) => {
    const { from, made, arguments: given } = one;
    const asked =
      made?.use === "call" &&
      functions[from]?.pkg.module === undefined &&
      !ofOpenFile.test(one.terminal.name);
    if (
      !asked ||
      one.capabilities.every((capability) => ofMemory.has(capability)) ||
      given.every(({ value }) => value !== undefined)
    )
      return one;
    const values = folded.valuesOf(from, made);
    if (values === undefined) return one;
    return {
      ...one,
      values: given.map((_, index) => values[index] ?? []),
      arguments: given.map((argument, index) => {
        const [first] = values[index] ?? [];
        return first === undefined ? argument : { ...argument, folded: first };
      }),
    };
  });
}

/** What is done with a file that is open already is told by how it was opened. */
const ofOpenFile = /^\(\*?os\.File\)\.(?!Write$|WriteString$)/u;
