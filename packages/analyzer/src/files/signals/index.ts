/**
 * Signals: what is odd in the bytes of a file, whatever its code means. A name and a content in, places with what is
 * there out, by kind and then in the order of the file. Nothing is understood but where comments and literals
 * are, so odd code that is honest counts too; whoever judges knows what is new. Missed: code in templates of
 * other languages, characters in names that only look alike within one script.
 */
import type { SignalKind } from "../../model/report.ts";
import type { Signal } from "../../model/signal.ts";
import { decodeMarked, decodeSource, decodeText, placeOf, type Source } from "../../syntax/source.ts";
import { agentInstructions } from "./agent-instructions.ts";
import { bidirectionalPlaces, hasBidirectional } from "./bidirectional.ts";
import { hasLongBlanks } from "./blanks.ts";
import { buildSetup } from "./build-setup.ts";
import { disguise, promisesFormat } from "./disguised.ts";
import { farRightPlaces } from "./far-right.ts";
import { hasInvisible, invisiblePlaces, longInvisible, unseenText } from "./invisible.ts";
import { type Language, languageOf } from "./language.ts";
import type { LinesFinder } from "./lines.ts";
import { hasSimilarLetters, mixedScriptPlaces } from "./mixed-script.ts";
import type { Place } from "./place.ts";
import { regionsOf } from "./regions.ts";
import { runOnOpen } from "./run-on-open.ts";

/** Signals of one kind in one file that are listed; more are counted. */
export const listed = 200;

export interface FoundSignals {
  readonly signals: readonly Omit<Signal, "sha256">[];
  /** How many more there are than are listed, by kind. */
  readonly more: readonly (readonly [kind: SignalKind, count: number])[];
}

/** Whether the content of a file of that name can have signals at all. */
export function mayHaveSignals(name: string): boolean {
  return languageOf(name) !== undefined || promisesFormat(name) || findersOf(name).length > 0;
}

/** Kinds of signals of files that are known by their names, whatever language they are in. */
const byName = {
  "run-on-open": runOnOpen,
  "agent-instructions": agentInstructions,
  "build-setup": buildSetup,
} as const;

type NamedKind = keyof typeof byName;

function findersOf(name: string): { readonly kind: NamedKind; readonly find: LinesFinder }[] {
  // The keys of an object of that type.
  return (Object.keys(byName) as NamedKind[]).flatMap((kind) => {
    const find = byName[kind](name);
    return find === undefined ? [] : [{ kind, find }];
  });
}

/** What is odd in a file. Never throws. Linear in the content. */
export function signalsOf(name: string, content: Uint8Array): FoundSignals {
  const signals: Omit<Signal, "sha256">[] = [];
  const more: [SignalKind, number][] = [];
  const disguised = disguise(name, content);
  if (disguised !== undefined)
    signals.push({ signal: "disguised-file", position: { file: name, line: 1, column: 1 }, text: disguised });
  for (const { kind, source, places } of textSignals(name, content, disguised !== undefined)) {
    let count = 0;
    for (const { offset, text } of places)
      if (++count <= listed)
        signals.push({ signal: kind, position: { file: name, ...placeOf(source, offset) }, text });
    if (count > listed) more.push([kind, count - listed]);
  }
  return { signals, more };
}

interface Scan {
  readonly kind: SignalKind;
  readonly source: Source;
  readonly places: Iterable<Place>;
}

function textSignals(name: string, content: Uint8Array, isDisguised: boolean): Scan[] {
  const finders = findersOf(name);
  const language = isDisguised ? undefined : languageOf(name);
  const kinds = language === undefined ? [] : possibleKinds(content, language);
  if (finders.length === 0 && kinds.length === 0) return [];
  const source = finders.length > 0 ? decodeMarked(name, content) : decodeSource(name, content);
  const scans: Scan[] = finders.map(({ kind, find }) => ({ kind, source, places: find(source.text) }));
  // What agents read is text: there is no code in it to look beside.
  if (language === undefined && finders.some(({ kind }) => kind === "agent-instructions"))
    scans.push({ kind: "invisible", source, places: unseenText(source.text) });
  if (language !== undefined)
    for (const kind of kinds) scans.push({ kind, source, places: codePlaces(kind, source, language) });
  return scans;
}

type CodeKind = Exclude<SignalKind, "disguised-file" | NamedKind>;

/** What there may be in code: a quick look that most files end with. */
function possibleKinds(content: Uint8Array, { built }: Language): CodeKind[] {
  const kinds: CodeKind[] = hasLongBlanks(content) ? ["far-right-code"] : [];
  if (isAscii(content)) return kinds;
  const text = decodeText(content);
  if (built && hasBidirectional(text)) kinds.push("bidirectional");
  if (hasInvisible(text)) kinds.push("invisible");
  if (built && hasSimilarLetters(text)) kinds.push("mixed-script");
  return kinds;
}

function codePlaces(kind: CodeKind, source: Source, language: Language): Iterable<Place> {
  const regions = regionsOf(source.text, language);
  switch (kind) {
    case "far-right-code":
      return farRightPlaces(source, regions, language);
    case "bidirectional":
      return bidirectionalPlaces(source.text, regions);
    case "invisible":
      return language.built ? invisiblePlaces(source.text, regions) : longInvisible(source.text);
    case "mixed-script":
      return mixedScriptPlaces(source.text, regions);
  }
}

function isAscii(content: Uint8Array): boolean {
  for (let at = 0; at < content.length; at++) if ((content[at] ?? 0) >= 0x80) return false;
  return true;
}
