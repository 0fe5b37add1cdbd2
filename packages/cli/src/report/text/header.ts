/** What was looked at, and what was left out on request. */
import type { Input, Report } from "@capdiff/analyzer";
import type { RenderOptions } from "../render.ts";
import { bold, dim, indent, type TextLine } from "./style.ts";
import { count, inputLabel, size } from "./words.ts";

export function* headerLines(report: Report, { verbose }: RenderOptions): Generator<TextLine> {
  if (report.command === "diff") yield* diffTitle(report.inputs);
  if (report.command === "diff" && verbose) yield* indent(report.inputs.flatMap(inputDetails));
  if (report.command === "diff") yield* releaseLines(report.inputs);
  yield* comparedLines(report);
  yield* narrowingLines(report);
  yield* uncheckedLines(report);
}

/** Downloads that nobody vouches for: said before anything is said of them. */
function uncheckedLines({ diagnostics }: Report): readonly TextLine[] {
  const unchecked = diagnostics.filter(({ code }) => code.startsWith("checksum-"));
  const messages = [...new Set(unchecked.map(({ message }) => message))];
  const [first] = messages;
  if (first === undefined) return [];
  const more = messages.length === 1 ? "" : ` (and ${messages.length - 1} more, see the diagnostics)`;
  return [[bold("NOT VERIFIED"), ` A download was ${first}${more}`]];
}

/** What a comparison of reports cannot tell. */
function comparedLines({ configuration: { compared } }: Report): readonly TextLine[] {
  if (compared === undefined) return [];
  const what =
    compared === "reports" ? "which packages and entry points reach what" : "which packages reach what";
  const not = "new uses of what was there, other arguments, moves, directives, files and go.mod are not";
  const builds = "Capslock looked at one build, which its report does not name.";
  return [
    [dim(`Compared by reports alone: ${what} is told; ${not}.`)],
    ...(compared === "capslock" ? [[dim(builds)]] : []),
  ];
}

function diffTitle([before, after]: readonly Input[]): readonly TextLine[] {
  if (before === undefined || after === undefined) return [];
  const renamed = before.module === after.module ? "" : `${after.module} `;
  return [[bold(before.module), ` ${inputLabel(before)} -> ${renamed}${inputLabel(after)}`]];
}

/** Which module is meant, above what is said of it. */
export function inputHeading(input: Input, { verbose }: RenderOptions): readonly TextLine[] {
  return [
    [bold(input.module), ` ${inputLabel(input)}`],
    ...(verbose ? indent(inputDetails(input)) : []),
    ...indent(releaseLines([input])),
  ];
}

/** With which standard library modules were analysed that ask for an older one. */
function releaseLines(inputs: readonly Input[]): readonly TextLine[] {
  const older = inputs.filter(asksForOlder);
  const [first] = older;
  if (first?.standardLibrary === undefined) return [];
  const asked = [...new Set(older.map(({ go }) => go))].join(" and ");
  return [[dim(`With the standard library of ${first.standardLibrary}; go.mod asks for Go ${asked}.`)]];
}

function asksForOlder({ go, standardLibrary }: Input): boolean {
  if (go === undefined || standardLibrary === undefined) return false;
  const [asked, used] = [language(go), language(standardLibrary)];
  return asked[0] < used[0] || (asked[0] === used[0] && asked[1] < used[1]);
}

/** Major and minor number; patch releases add nothing to the standard library. */
function language(version: string): readonly [number, number] {
  const [, major = "0", minor = "0"] = /^(?:go)?(\d+)(?:\.(\d+))?/u.exec(version) ?? [];
  return [Number(major), Number(minor)];
}

function inputDetails(input: Input): readonly TextLine[] {
  const { files, goFiles, bytes, packages, functions } = input.counts;
  return [
    [dim(`${input.version ?? input.query}: ${input.h1}, from ${input.source}`)],
    [
      dim(
        `${count(files, "file")}, ${goFiles} Go (${size(bytes)}), ${count(packages, "package")}, ${count(functions, "function")}`,
      ),
    ],
  ];
}

function narrowingLines({ configuration }: Report): readonly TextLine[] {
  const { builds, tests, capabilities, packages, capabilityMaps = [], builtInMap } = configuration;
  const mapNames = capabilityMaps.map(({ name }) => name).join(", ");
  return [
    ...(builds.expression === "" ? [] : [[dim(`Only builds for ${builds.words}.`)]]),
    ...(tests ? [[dim("With test files.")]] : []),
    ...(mapNames === ""
      ? []
      : [[dim(`With the capability ${capabilityMaps.length === 1 ? "map" : "maps"} ${mapNames}.`)]]),
    ...(builtInMap === undefined ? [] : [[dim("Without the built-in capability map.")]]),
    ...(capabilities === undefined ? [] : [[dim(`Only capabilities ${capabilities.join(", ")}.`)]]),
    ...(packages === undefined ? [] : [[dim(`Only packages ${packages.join(", ")}.`)]]),
  ];
}
