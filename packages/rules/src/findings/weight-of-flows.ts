/** What makes a flow worse than one that an honest program has. */
import type { Evidence, Flow, Ways } from "@capdiff/analyzer";
import { runsItself } from "./own-program.ts";

/** Reasons to think that somebody hides something, as ends of a sentence. */
export function aggravations(evidence: Evidence, flow: Flow): readonly string[] {
  const ways = evidence.waysTo(flow.sink.function);
  return [
    ...startsUnasked(ways),
    ...inHiding(evidence, ways),
    ...(isNewPower(evidence, flow) ? [couldNot] : []),
  ];
}

const couldNot = "the module could not do that before";

/** Such reasons at the end of a sentence. */
export function reasonWords(reasons: readonly string[]): string {
  return reasons.map((one) => (one === couldNot ? `; ${one}` : `, ${one}`)).join("");
}

/** It runs without being called. */
function startsUnasked(ways: Ways): readonly string[] {
  return ways.atStart.length > 0 ? ["when the program starts"] : [];
}

/** A function that callers know does more than it did. */
function inHiding({ mode }: Evidence, { existing, inGoroutine }: Ways): readonly string[] {
  return [
    ...(existing.length > 0 && mode !== "single" ? ["for existing callers"] : []),
    ...(inGoroutine ? ["in a goroutine of its own"] : []),
  ];
}

/** Neither of its ends was in the old version's reach. To start itself anew, where somebody asks for it, is no power over others. */
export function isNewPower(evidence: Evidence, { sink }: Flow): boolean {
  const { mode, had, waysTo } = evidence;
  if (mode === "single") return false;
  const runs = sink.kind === "exec" || sink.kind === "shell" || sink.kind === "load";
  if (!runs) return !had("NETWORK");
  if (had("EXEC") || had("NETWORK")) return false;
  const { atStart, existing } = waysTo(sink.function);
  return atStart.length > 0 || existing.length > 0 || !runsItself(evidence, sink);
}
