/** Sets of builds written down: as an expression, which is exact, and in words, which are kept short. */
import type { BuildSet, Diagram } from "./diagram.ts";
import { expressionOf } from "./formula.ts";
import { ports as allPorts } from "./platforms.ts";
import { countBits, everyBuild, halves } from "./ports.ts";
import { createFormulas } from "./set-formula.ts";
import { wordsOf } from "./words.ts";

export interface Descriptions {
  readonly expression: (set: BuildSet) => string;
  readonly words: (set: BuildSet) => string;
}

/** Characters of a description; a longer one is summed up. */
const wordsLimit = 160;
/** Custom tags that a summary names. */
const namedTags = 3;

export function createDescriptions(diagram: Diagram): Descriptions {
  const shortExpression = createFormulas(diagram, expressionOf);
  const shortWords = createFormulas(diagram, wordsOf);
  const words = (set: BuildSet): string => wordsOf(shortWords(set));
  return {
    expression: (set) => expressionOf(shortExpression(set)),
    words: (set) => {
      const full = diagram.weight(set) > wordsLimit ? undefined : words(set);
      return full === undefined || full.length > wordsLimit ? summary(diagram, set, words) : full;
    },
  };
}

function summary(diagram: Diagram, set: BuildSet, words: (set: BuildSet) => string): string {
  const { bits, tags } = shadow(diagram, set);
  const { on, off } = halves(bits);
  const full = words(diagram.leaf(bits));
  const ports = full.length > wordsLimit / 2 ? `${countBits(on | off)} of ${allPorts.length} ports` : full;
  const places = bits === everyBuild ? "some builds" : `some builds of ${ports}`;
  if (tags.length === 0) return places;
  const rest = tags.length - namedTags;
  const names = tags.slice(0, namedTags).join(", ");
  return `${places}, by the tags ${names}${rest > 0 ? ` and ${rest} more` : ""}`;
}

/** The ports of a set under any tags, and its tags, sorted. */
function shadow(
  diagram: Diagram,
  set: BuildSet,
): { readonly bits: bigint; readonly tags: readonly string[] } {
  const seen = new Set<BuildSet>();
  const tags = new Set<string>();
  let bits = 0n;
  const visit = (at: BuildSet): void => {
    if (seen.has(at)) return;
    seen.add(at);
    const node = diagram.node(at);
    if (node.kind === "leaf") {
      bits |= node.bits;
      return;
    }
    tags.add(node.tag);
    visit(node.on);
    visit(node.off);
  };
  visit(set);
  return { bits, tags: [...tags].sort() };
}
