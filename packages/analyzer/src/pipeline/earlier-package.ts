/**
 * Compiles a package again, of which an earlier version was compiled: bodies of functions that are as they were are neither parsed
 * nor checked. Undefined where it cannot be sure that the facts are those that compiling it whole gives.
 */
import type { FileOutline } from "../compile/outline.ts";
import { comparedWith, compileChanged, type OutlinedPackage, unchangedBodies } from "../compile/outlined.ts";
import type { PackageInput } from "../compile/package.ts";
import { decodeSource, functionBodies, type Parser, type Source, type Span } from "../syntax/index.ts";
import type { CheckedInput } from "./check-packages.ts";
import { readEarlier } from "./earlier-texts.ts";
import { packageInput } from "./parse-packages.ts";
import type { EarlierTexts, PackageText } from "./unit-task.ts";

export interface CompiledAgain {
  /** The unit that the package is in, and the package in it. */
  readonly unit: readonly CheckedInput[];
  readonly checked: CheckedInput;
  readonly compiled: OutlinedPackage;
}

export interface CompileAgain {
  readonly parser: Parser;
  /** The unit with that package, as a checker has it that has seen nothing else. */
  readonly check: (input: PackageInput) => readonly CheckedInput[];
}

export function compileAgain(
  { declarationsOnly: _whole, wanted: _wanted, ...text }: PackageText,
  earlier: EarlierTexts,
  { parser, check }: CompileAgain,
): CompiledAgain | undefined {
  const before = readEarlier(text.path, earlier);
  if (before === undefined) return undefined;
  const sources = text.files.map(({ name, content }) => decodeSource(name, content));
  let leftOut = sources.map(({ text: now }, file) => likelyBodies(now, before.outline.files[file]));
  // Each round leaves less out, so that it ends.
  for (;;) {
    const input = packageInput(text, (_file, index) =>
      parser.parseWithout(sources[index] as Source, leftOut[index] ?? []),
    );
    const unit = check(input);
    const checked = unit.find((one) => one.input === input);
    const compared = checked && comparedWith(before.outline, input, checked.scope);
    if (checked === undefined || compared === undefined) return undefined;
    const sure = unchangedBodies(input, compared).map(spanWords);
    const known = leftOut.map((spans, file) => spans.filter((span) => sure[file]?.has(spanWord(span))));
    if (known.every((spans, file) => spans.length === leftOut[file]?.length)) {
      const compiled = compileChanged(input, checked, { ...compared, before: before.facts });
      return compiled && { unit, checked, compiled };
    }
    leftOut = known;
  }
}

function spanWords(spans: readonly Span[]): ReadonlySet<string> {
  return new Set(spans.map(spanWord));
}

function spanWord({ start, end }: Span): string {
  return `${start} ${end}`;
}

/** Bodies with a text that a body had before. Directives in them are wanted. */
function likelyBodies(text: string, before: FileOutline | undefined): Span[] {
  if (before === undefined || before.guessed) return [];
  const known = new Set(before.declarations.flatMap(({ body, made }) => (made === undefined ? [] : [body])));
  return [...functionBodies(text)].filter(({ start, end }) => {
    const body = text.slice(start - 1, end + 1);
    return known.has(body) && !directive.test(body);
  });
}

const directive = /\/\/(?:go:|export)/;
