import type { Argument, CallSiteChange, Evidence, FindingDraft, Rule } from "@capdiff/analyzer";
import { atCall, atCode, everywhere, holderName, ownName, waysIn } from "./places.ts";
import { hasFixedVersions, hiddenShellLine, runsModule } from "./shell-lines.ts";
import { runsEncoded } from "./shell-patterns.ts";

export const shellLine: Rule = {
  id: "fetching-shell-line",
  title: "A shell line fetches something and runs it",
  tier: "block",
  seen: "The arguments of a program that is run, constants or worked out, make a line that downloads and runs something, opens a shell on a connection, or runs encoded text. It blocks where the call or its arguments are new; a module that the Go command fetches at a fixed version is for review, and so is an encoded script for PowerShell that is not known. So is such a line in a script that code has newly and hands on, if it runs in the background or what it tells is thrown away.",
  why: "The code that is run is not in the module: whoever controls the address decides what it is, and may decide otherwise for every machine.",
  benign: ["installers and bootstrap tools that do so openly, with an address of their own project"],
  references: [
    "clones of hypert and layout: `sh -c` with a line put together of single letters (public reports, March 2025)",
  ],
  *find(evidence) {
    const { changes, mode } = evidence;
    for (const change of changes) {
      if (change.kind !== "call-site" || (change.change !== "added" && change.change !== "changed")) continue;
      if (!runs(change)) continue;
      // The last that does so is the one that says least of what is not known.
      const isHidden = (one: string) => hiddenShellLine(one) !== undefined;
      const line =
        linesOf(change).findLast(isHidden) ??
        [...linesInOptions(change), ...inputsOf(evidence, change)].find(isHidden);
      const what = line === undefined ? undefined : hiddenShellLine(line);
      if (line === undefined || what === undefined) continue;
      const isFolded = change.arguments.some(({ folded }) => folded !== undefined);
      const isOpen = what === runsEncoded || (what === runsModule && hasFixedVersions(line));
      yield {
        tier: isOpen || (mode === "single" && !isFolded) ? "review" : "block",
        certainty: "static",
        message: `\`${ownName(change.function)}\` ${mode === "single" ? "" : "now "}runs a line that ${what}: ${shown(line)}`,
        locations: [atCall(change), ...waysIn(evidence.waysTo(change.function))],
        builds: change.builds,
        values: [line],
        about: [change.terminal.name, line],
      };
    }
    yield* inScripts(evidence);
  },
};

/** Scripts that code hands on, for somebody else to run, with a line that does so where nobody sees it. */
function* inScripts(evidence: Evidence): Iterable<FindingDraft> {
  const run = evidence.changes.flatMap((one) =>
    one.kind === "call-site" && runs(one) ? one.arguments.flatMap(allValues) : [],
  );
  for (const holder of evidence.newTexts()) {
    const line = holder.texts
      .flatMap(quietLines)
      .find((one) => !run.some((value) => value.includes(one)) && !evidence.hadTextWith(one));
    if (line === undefined) continue;
    yield {
      tier: "review",
      certainty: "static",
      message: `\`${holderName(holder)}\` now has a script with a line that ${hiddenShellLine(line)}, and does not show it: ${shown(line)}`,
      locations: [atCode(holder, "has it"), ...waysIn(evidence.waysTo(holder.function))],
      builds: everywhere,
      values: [line],
      about: [line],
    };
  }
}

function runs({ capabilities }: CallSiteChange): boolean {
  return capabilities.some((one) => one.startsWith("EXEC"));
}

/** Lines of a text that run what they fetch in the background, or with what is told thrown away. */
function quietLines(text: string): string[] {
  if (!quiet.test(text)) return [];
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter((line) => quiet.test(line) && hiddenShellLine(line) !== undefined);
}

const quiet = /&?>+\s*\/dev\/null|(?<!&)&(?:\s*\))?\s*$/mu;

/** Values of options, some of which are commands: of `-oProxyCommand=` of ssh, `alias.x=!` and `ext::` of git, which escapes blanks. */
function linesInOptions({ arguments: given }: CallSiteChange): string[] {
  return given.flatMap(allValues).flatMap((value) => {
    const [, line = ""] = /^(?:ext::|-{0,2}[\w.-]+=!?)(.*)$/su.exec(value) ?? [];
    return /\s/u.test(line) ? [line.replaceAll("% ", " ")] : [];
  });
}

/** Texts that may become the input of a program that runs what it reads. */
function inputsOf({ valuesIn }: Evidence, { arguments: given, function: fn }: CallSiteChange): string[] {
  if (!given.flatMap(allValues).some((one) => reading.test(one))) return [];
  return valuesIn(fn).flatMap(({ name, value }) => (filling.test(name) ? [value] : []));
}

const reading = /^(?:\S*[/\\])?(?:(?:ba|da|z|k|a|fi)?sh|crontab|at|powershell|pwsh)(?:\.exe)?$/u;
const filling =
  /^(?:strings\.NewReader|bytes\.New(?:Reader|Buffer|BufferString)|io\.WriteString|fmt\.Fprint(?:f|ln)?)$/u;

/**
 * The arguments as lines, with `…` for what is not known. Where one has several values, nobody knows which values go together: the
 * first line has constants alone, then come those with one value of that argument, at last those with nothing else but constants.
 */
export function linesOf({ arguments: given, terminal }: CallSiteChange): readonly string[] {
  // The context is no word.
  const words = given.slice(terminal.name === "os/exec.CommandContext" ? 1 : 0);
  const values = words.map(allValues);
  const known = values.map((all) => (all.length === 1 ? (all[0] ?? "") : "…"));
  if (values.every((all) => all.length < 2)) return [known.join(" ")];
  const constant = words.map(({ value, others }) => (others === undefined ? (value ?? "…") : "…"));
  const lines = [
    constant,
    ...values.flatMap((all, index) => (all.length < 2 ? [] : all.map((one) => known.with(index, one)))),
    ...values.flatMap((all, index) => all.map((one) => constant.with(index, one))),
  ];
  return [...new Set(lines.map((line) => line.join(" ")))];
}

/** The value of an argument, empty if it is not known. */
export function valueOf({ value, folded }: Argument): string {
  return folded?.value ?? value ?? "";
}

/** All values that are known of an argument, the first as `valueOf` has it; none if none is. */
export function allValues(argument: Argument): readonly string[] {
  const first = valueOf(argument);
  const others = (argument.others ?? []).map(({ value }) => value);
  return first === "" ? others : [first, ...others];
}

/** A value as messages have it. */
export function shown(value: string): string {
  return value.length > 120 ? `${value.slice(0, 119)}…` : value;
}
