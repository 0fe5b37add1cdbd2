/**
 * Identifiers that read as others: letters of several scripts that share shapes, or a word of letters that all look
 * Latin but are not (Unicode Technical Standard 39, sections 4 and 5.1). Names in one script, Latin beside Chinese,
 * Japanese or Korean, and Greek letters as formulas have them are no signal.
 */
import { type Place, shown } from "./place.ts";
import type { Region } from "./regions.ts";

const word = /[\p{L}_][\p{L}\p{M}\p{Nd}_]*/gu;
const otherLetter = /[^\x00-\x7f]/;
const latin = /\p{Script=Latin}/u;
const greek = /\p{Script=Greek}/u;
/** Scripts with letters of Latin's shapes, Greek apart. */
const similar =
  /[\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}\p{Script=Lisu}\p{Script=Deseret}\p{Script=Osage}\p{Script=Georgian}\p{Script=Glagolitic}]/u;
/** Latin letters by another code: mathematical ones and wide ones. */
const styled = /[\uff21-\uff3a\uff41-\uff5a\u{1d400}-\u{1d6a3}]/u;
/** Greek letters that no formula needs, since Latin has them: beside any Latin letter. */
const latinShapes = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϲϳ";
const greekAsLatin = new RegExp(`[${latinShapes}]\\p{Script=Latin}|\\p{Script=Latin}[${latinShapes}]`, "u");
/** Those that formulas have: in the middle of a word in lower case. */
const greekInside = /[a-zß-öø-ÿ][αγικνρτυω]+[a-zß-öø-ÿ]/;
/** Cyrillic letters that look like Latin ones, and no others. */
const cyrillicAsLatin = /^[аеорсухіјѕһԁԛԝАВЕЗКМНОРСТХУІЈЅԌ_0-9]+$/;
const cyrillic = /\p{Script=Cyrillic}/u;

/** Whether there is any letter that can be mistaken: without, there are no places. */
export function hasSimilarLetters(text: string): boolean {
  return similar.test(text) || greek.test(text) || styled.test(text);
}

/** Each such identifier where it is first, in order. Linear. */
export function* mixedScriptPlaces(text: string, regions: Iterable<Region>): Generator<Place> {
  const words = otherWords(text, regions);
  const isCyrillicCode = [...words.keys()].some(
    (name) => cyrillic.test(name) && !latin.test(name) && !cyrillicAsLatin.test(name),
  );
  for (const [name, offset] of words) {
    const isMasked = !isCyrillicCode && cyrillic.test(name) && cyrillicAsLatin.test(name);
    if (isMixed(name) || isMasked) yield { offset, text: shown(name) };
  }
}

/** Identifiers with letters beyond ASCII, where each is first. */
function otherWords(text: string, regions: Iterable<Region>): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { kind, start, end } of regions) {
    if (kind !== "code") continue;
    const code = text.slice(start, end);
    if (!otherLetter.test(code)) continue;
    for (const { index, 0: name } of code.matchAll(word))
      if (otherLetter.test(name) && !found.has(name)) found.set(name, start + index);
  }
  return found;
}

function isMixed(name: string): boolean {
  if (styled.test(name)) return /[A-Za-z]/.test(name);
  if (similar.test(name)) return latin.test(name) || greek.test(name);
  return greekAsLatin.test(name) || greekInside.test(name);
}
