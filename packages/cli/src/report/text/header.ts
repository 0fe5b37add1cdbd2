/** The first lines: what was looked at, and what was left out on request. */
import type { Input, Report } from "@capdiff/analyzer";
import type { RenderOptions } from "../format.ts";
import { bold, dim, indent, type TextLine } from "./style.ts";
import { count, size } from "./words.ts";

export function* headerLines(report: Report, { verbose }: RenderOptions): Generator<TextLine> {
  yield* report.command === "diff" ? diffTitle(report.inputs) : scanTitle(report.inputs);
  if (verbose) yield* indent(report.inputs.flatMap(inputLines));
  yield* narrowingLines(report);
}

function diffTitle([before, after]: readonly Input[]): readonly TextLine[] {
  if (before === undefined || after === undefined) return [];
  const renamed = before.module === after.module ? "" : `${after.module} `;
  return [[bold(before.module), ` ${label(before)} -> ${renamed}${label(after)}`]];
}

function scanTitle(inputs: readonly Input[]): readonly TextLine[] {
  return inputs.map((input) => [bold(input.module), ` ${label(input)}`]);
}

function label(input: Input): string {
  return input.version ?? input.query;
}

function inputLines(input: Input): readonly TextLine[] {
  const { files, goFiles, bytes, packages, functions } = input.counts;
  return [
    [dim(`${label(input)}: ${input.h1}, from ${input.source}`)],
    [
      dim(
        `${count(files, "file")}, ${goFiles} Go (${size(bytes)}), ${count(packages, "package")}, ${count(functions, "function")}`,
      ),
    ],
  ];
}

function narrowingLines({ configuration }: Report): readonly TextLine[] {
  const { builds, tests, capabilities, packages } = configuration;
  return [
    ...(builds.expression === "" ? [] : [[dim(`Only builds for ${builds.words}.`)]]),
    ...(tests ? [[dim("With test files.")]] : []),
    ...(capabilities === undefined ? [] : [[dim(`Only capabilities ${capabilities.join(", ")}.`)]]),
    ...(packages === undefined ? [] : [[dim(`Only packages ${packages.join(", ")}.`)]]),
  ];
}
