/**
 * Which declarations of a package its importers can mean: those whose names they have as words, and those whose
 * names are words of these. The others need not be parsed. Words of comments and strings count too, and
 * methods come with their receivers, so what is left out is nobody's.
 */
import {
  type DeclarationText,
  declarationTexts,
  functionBodies,
  type Source,
  type Span,
  wordsOf,
} from "../syntax/index.ts";

export interface Mentioned {
  /** By file: what need not be parsed, bodies of functions among it, in source order. */
  readonly leftOut: readonly (readonly Span[])[];
  /** The words of the rest. */
  readonly words: ReadonlySet<string>;
}

/** `importers` are the words of each importer. Linear in the texts and in names times importers. */
export function mentioned(sources: readonly Source[], importers: readonly ReadonlySet<string>[]): Mentioned {
  const files = sources.map(({ text }) => ({ text, declarations: declarationTexts(text) }));
  const words = new Set<string>();
  const kept = new Set<DeclarationText>();
  const byName = new Map<string, Located[]>();
  const keep = ({ text, declaration }: Located) => {
    if (kept.has(declaration)) return;
    kept.add(declaration);
    for (const word of wordsOf(text, declaration, declaration.bodies)) words.add(word);
  };
  for (const { text, declarations } of files) {
    // A file whose declarations cannot be told is kept whole.
    if (declarations === undefined) for (const word of wordsOf(text)) words.add(word);
    for (const declaration of declarations ?? []) {
      if (declaration.names === undefined) keep({ text, declaration });
      for (const name of declaration.names ?? []) addTo(byName, name, { text, declaration });
    }
  }
  for (const [name, located] of byName) {
    if (importers.some((one) => one.has(name))) located.forEach(keep);
  }
  // The set grows while it is walked.
  for (const word of words) byName.get(word)?.forEach(keep);
  return {
    words,
    leftOut: files.map(({ declarations = [] }) =>
      declarations.flatMap((one) => (kept.has(one) ? one.bodies : [one])),
    ),
  };
}

/** As if importers had all words: what need not be parsed are bodies of functions. */
export function allMentioned(sources: readonly Source[]): Mentioned {
  return {
    words: wordsOf(sources.map(({ text }) => text).join("\n")),
    leftOut: sources.map(({ text }) => [...functionBodies(text)]),
  };
}

interface Located {
  readonly text: string;
  readonly declaration: DeclarationText;
}

function addTo(byName: Map<string, Located[]>, name: string, located: Located): void {
  const known = byName.get(name);
  if (known === undefined) byName.set(name, [located]);
  else known.push(located);
}
