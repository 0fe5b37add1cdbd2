/** What a diff finds, as lines. */
import {
  type CallSiteChange,
  type Change,
  type ChangeSort,
  compareModules,
  type ModuleAnalysis,
  type Step,
  type Witness,
} from "@capdiff/analyzer";
import { flowLine } from "./data-lines.ts";
import {
  argumentWords,
  diagnosticLine,
  line,
  packageWords,
  placeWords,
  type Shorten,
  shortener,
  visible,
} from "./words.ts";

const signs: Readonly<Record<ChangeSort, string>> = { added: "+", removed: "-", changed: "~", moved: ">" };

const useWords: Readonly<Record<Step["use"], string>> = {
  call: "call",
  reference: "use",
  declaration: "declaration",
  import: "import",
};

/** Every line that WANT could hold, the changes in the order that the analyzer gives them. */
export async function diffLines(old: ModuleAnalysis, fresh: ModuleAnalysis): Promise<string[]> {
  const changes = await compareModules(old, fresh);
  const short = shortener(old.source.modulePath, fresh.source.modulePath);
  return [
    ...changes.flatMap((change) => changeLines(change, short)),
    ...old.diagnostics.map((one) => diagnosticLine(one, "old")),
    ...fresh.diagnostics.map((one) => diagnosticLine(one, "new")),
    ...(changes.length === 0 ? ["nothing"] : []),
  ];
}

function changeLines(change: Change, short: Shorten): string[] {
  const sign = signs[change.change];
  switch (change.kind) {
    case "capability": {
      const { path, builds, newToModule, wholePackage } = change;
      const words = [sign, change.kind, packageWords(short, change.package), change.capability];
      const whole = wholePackage && "whole package";
      const details = [path, builds.words, newToModule && "new to module", whole];
      return [line(words, details), pathLine(sign, change.witness, short)];
    }
    case "entry-point": {
      const { entryPoint, capability, existing, builds } = change;
      const words = [sign, "entry", entryPoint.kind, short(entryPoint.function), capability];
      return [line(words, [existing && "existing", builds.words]), pathLine(sign, change.witness, short)];
    }
    case "call-site":
      return [callSiteLine(change, short)];
    case "directive": {
      const { directive, position, text, oldText, builds, format } = change;
      const was = oldText === undefined ? [] : ["was", oldText];
      return [
        line([sign, change.kind, directive, placeWords(position), text, ...was], [builds.words, format]),
      ];
    }
    case "file": {
      const { name, role, oldName, format } = change;
      return [
        line([sign, change.kind, name, role, ...(oldName === undefined ? [] : ["from", oldName])], [format]),
      ];
    }
    case "go-mod": {
      const { directive, subject, value, oldValue } = change;
      const was = oldValue === undefined ? [] : ["was", oldValue];
      return [line([sign, "go.mod", directive, ...[subject, value ?? ""].filter(Boolean), ...was])];
    }
    case "function": {
      const { function: now, oldFunction, position } = change;
      return [line([sign, change.kind, short(now), "from", short(oldFunction)], [placeWords(position)])];
    }
    case "flow":
      return [flowLine(change.flow, short, { sign, existing: change.existing })];
    case "goroutine": {
      const { function: from, callee, capabilities, waits, existing, builds } = change;
      const words = [sign, "goroutine", short(from), "->", short(callee), ...capabilities];
      return [line(words, [waits && "waits", existing && "existing", builds.words])];
    }
    case "signal":
      return [line([sign, change.kind, change.signal, placeWords(change.position), visible(change.text)])];
    default:
      return change satisfies never;
  }
}

function pathLine(sign: string, { steps, terminal }: Witness, short: Shorten): string {
  const names = [...steps.map((step) => step.function), terminal.name];
  return line([sign, "path", names.map(short).join(" -> ")]);
}

function callSiteLine(change: CallSiteChange, short: Shorten): string {
  const { terminal, use, existing, site, builds, entryPoints, oldArguments, oldFunction } = change;
  const given = use === "call" ? argumentWords(change.arguments) : "";
  const words = [
    signs[change.change],
    useWords[use],
    short(change.function),
    "->",
    short(terminal.name) + given,
  ];
  if (change.change === "changed") words.push("was", argumentWords(oldArguments ?? []));
  if (oldFunction !== undefined) words.push("from", short(oldFunction));
  const by = entryPoints.map(short).join(", ");
  return line(words, [
    existing && "existing",
    placeWords(site.position),
    by !== "" && `by ${by}`,
    builds.words,
  ]);
}
