import type { TypeNumber, TypeTerm } from "./flow-facts.ts";

/** Characters of a text; what is longer is cut short. */
const textLimit = 2000;

/** The texts of a package's types, about as go/types writes them; type parameters are `$0`, `$1`. */
export function typeTexts(terms: readonly TypeTerm[]): string[] {
  const texts: string[] = [];
  // Parts come before the whole.
  const of = (number: TypeNumber) => texts[number] ?? "?";
  for (const term of terms) {
    const text = termText(term, of);
    texts.push(text.length <= textLimit ? text : `${text.slice(0, textLimit - 1)}…`);
  }
  return texts;
}

/** The text of a type, of whose parts the texts are given. */
function termText(term: TypeTerm, of: (part: TypeNumber) => string): string {
  if (typeof term === "string") return term;
  switch (term[0]) {
    case "instance": {
      const [, name, ...parts] = term;
      return `${name}[${parts.map(of).join(", ")}]`;
    }
    case "pointer":
      return `*${of(term[1])}`;
    case "slice":
      return `[]${of(term[1])}`;
    case "chan":
    case "<-chan":
    case "chan<-":
      return `${term[0]} ${of(term[1])}`;
    case "array":
      return `[${term[1]}]${of(term[2])}`;
    case "map":
      return `map[${of(term[1])}]${of(term[2])}`;
    case "func":
    case "variadic":
      return `func${signatureText(term, of)}`;
    case "struct": {
      const [, ...fields] = term;
      const texts = fields.map(([name, type, embedded]) =>
        embedded === 1 ? of(type) : `${name} ${of(type)}`,
      );
      return `struct{${texts.join("; ")}}`;
    }
    case "interface": {
      const methods = term[1].map(([name, signature]) => `${name}${of(signature).slice("func".length)}`);
      if (methods.length + term[2].length === 0) return "any";
      return `interface{${[...methods, ...term[2].map(of)].join("; ")}}`;
    }
    case "union": {
      const [, ...parts] = term;
      return parts.map(of).join(" | ");
    }
    case "parameter":
      return `$${term[1]}`;
    case "unknown":
      return "invalid type";
    default:
      return term satisfies never;
  }
}

function signatureText(
  [kind, parameters, results]: readonly ["func" | "variadic", readonly TypeNumber[], readonly TypeNumber[]],
  of: (part: TypeNumber) => string,
): string {
  const texts = parameters.map(of);
  const last = texts.length - 1;
  if (kind === "variadic") texts[last] = `...${texts[last]?.replace(/^\[\]/, "") ?? ""}`;
  const list = `(${texts.join(", ")})`;
  const [first] = results;
  if (first === undefined) return list;
  return results.length === 1 ? `${list} ${of(first)}` : `${list} (${results.map(of).join(", ")})`;
}
