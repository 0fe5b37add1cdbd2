/** Runs a case and says what is wrong with the outcome. */
import { analyse, buildsOf } from "./analysis.ts";
import { calleeLines } from "./callee-lines.ts";
import type { Case } from "./case.ts";
import { standardFolder } from "./checked-module.ts";
import { dataLines } from "./data-lines.ts";
import { dependenciesOf, dependencyFolder } from "./dependencies.ts";
import { diffLines } from "./diff-lines.ts";
import { type Finding, fits, isOfSomeForm, parseFinding } from "./finding.ts";
import { flowLines } from "./flow-lines.ts";
import {
  calleeKeywords,
  dataKeywords,
  flowKeywords,
  keywordOf,
  keywords,
  reachKeywords,
  typeKeywords,
} from "./forms.ts";
import { moduleSource } from "./module-files.ts";
import { reachLines, scanLines } from "./scan-lines.ts";
import { typeLines } from "./type-lines.ts";

/** All lines that are found in a case's modules. */
export async function findLines(one: Case): Promise<string[]> {
  const { tests, builtInMap } = one.options;
  const builds = buildsOf(one.options);
  const asked = { builds, tests, builtInMap, maps: one.maps };
  const analyseFiles = (files: Parameters<typeof moduleSource>[0]) =>
    analyse(moduleSource(files.filter(isOwn)), { ...asked, dependencies: dependenciesOf(files) });
  if (one.kind === "scan") {
    const own = one.files.filter(isOwn);
    const dependencies = dependenciesOf(one.files);
    const analysis = await analyseFiles(one.files);
    return [
      ...(await scanLines(analysis)),
      ...(names(one, reachKeywords) ? await reachLines(analysis) : []),
      ...(names(one, flowKeywords) ? flowLines(analysis) : []),
      ...(names(one, calleeKeywords)
        ? await calleeLines(moduleSource(own), { builds, tests, dependencies })
        : []),
      ...(names(one, dataKeywords) ? dataLines(analysis) : []),
      ...(names(one, typeKeywords) ? await typeLines(moduleSource(one.files), { builds, tests }) : []),
    ];
  }
  return diffLines(await analyseFiles(one.old), await analyseFiles(one.new));
}

/** Whether it is of the module, and not of others that stand in for what it is built with. */
function isOwn({ name }: { readonly name: string }): boolean {
  return !name.startsWith(standardFolder) && !name.startsWith(dependencyFolder);
}

/** Whether WANT or `exact` names such a line: those about types and flows are many, and of little use to other cases. */
function names({ wants, options: { exact } }: Case, asked: ReadonlySet<string>): boolean {
  const isExact = exact !== keywords && [...exact].some((one) => asked.has(one));
  return isExact || wants.some(({ head }) => asked.has(keywordOf(head)));
}

/** What does not agree with WANT, a line each; empty if all does. */
export function disagreements(one: Case, lines: readonly string[]): string[] {
  const found = lines.map((text) => ({ text, ...parseFinding(text) }));
  const wanted = (finding: Finding) => one.wants.some((want) => !want.absent && fits(want, finding));
  const mustBeListed = (text: string) => {
    const keyword = keywordOf(text);
    return keyword === "diagnostic" || (one.options.exact.has(keyword) && keyword !== "nothing");
  };
  return [
    ...one.wants
      .filter((want) => found.some((finding) => fits(want, finding)) === want.absent)
      .map((want) => (want.absent ? `found, but must not be: ${want.line}` : `not found: ${want.line}`)),
    ...found
      .filter((finding) => mustBeListed(finding.text) && !wanted(finding))
      .map(({ text }) => `found, but not in WANT: ${text}`),
    ...found
      .filter((finding) => !isOfSomeForm(finding, one.kind))
      .map(({ text }) => `a line of no form, the runner is wrong: ${text}`),
  ];
}

/** What a failing case shows: what is wrong, then all that was found, to be copied from. */
export function failure(problems: readonly string[], lines: readonly string[]): string {
  return ["", ...problems, "", "All that was found:", ...lines, ""].join("\n");
}
