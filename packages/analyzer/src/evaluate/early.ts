/** Functions that run before everything else, and at no other time. */
import type { Program } from "../link/program.ts";

const depthLimit = 8;

/** Of functions by their numbers: initialisers, init functions, closures in them, and what only these call. */
export function earlyFunctions({ functions, callers }: Program): (fn: number) => boolean {
  const known = new Map<number, boolean>();
  const isEarly = (fn: number, depth: number): boolean => {
    const found = known.get(fn);
    if (found !== undefined || depth > depthLimit) return found ?? false;
    known.set(fn, false);
    const early = tell(fn, depth);
    known.set(fn, early);
    return early;
  };
  const tell = (fn: number, depth: number): boolean => {
    const facts = functions[fn]?.facts;
    switch (facts?.kind) {
      case "init":
      case "initializer":
        return true;
      case "function":
      case "method":
      case "closure": {
        if (facts.entry !== undefined) return false;
        const edges = callers[fn] ?? [];
        return edges.length > 0 && edges.every(({ from }) => isEarly(from, depth + 1));
      }
      default:
        return false;
    }
  };
  return (fn) => isEarly(fn, 0);
}
