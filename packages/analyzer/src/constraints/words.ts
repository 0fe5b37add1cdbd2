/** A formula in words for people: `linux with cgo`, `all but windows`. Alternatives are listed with `and`. */
import type { Formula } from "./formula.ts";

export function wordsOf(formula: Formula): string {
  switch (formula.kind) {
    case "any":
      return "all builds";
    case "nothing":
      return "no build";
    case "tag":
      return formula.name;
    case "port":
      return `${formula.system}/${formula.architecture}`;
    case "or":
      return listed(formula.parts);
    case "on":
      return `${wordsOf(formula.systems)} on ${wordsOf(formula.architectures)}`;
    case "but":
      return formula.of.kind === "any"
        ? `all but ${listed(formula.without)}`
        : `${wordsOf(formula.of)} without ${listed(formula.without)}`;
    case "with":
      return conditional(formula);
    default:
      return formula satisfies never;
  }
}

/** `and` joins places, where what holds in both holds in each; conditions would read as one. */
function listed(formulas: readonly Formula[]): string {
  const words = formulas.map(wordsOf);
  const joiner = formulas.some(({ kind }) => kind === "with") ? "or" : "and";
  const last = words.at(-1) ?? "";
  if (words.length < 2) return last;
  const before = words.slice(0, -1);
  if (words.some((word) => word.includes(","))) return `${before.join("; ")}; ${joiner} ${last}`;
  const comma = words.some((word) => word.includes(" ")) ? "," : "";
  return `${before.join(", ")}${comma} ${joiner} ${last}`;
}

type Conditional = Extract<Formula, { kind: "with" }>;

function conditional(formula: Conditional): string {
  const conditions: Conditional[] = [];
  let place: Formula = formula;
  while (place.kind === "with") {
    conditions.unshift(place);
    place = place.of;
  }
  const text = conditionsText(conditions);
  if (place.kind === "any") return text;
  const words = wordsOf(place);
  return words.includes(" ") ? `${words}, ${text}` : `${words} ${text}`;
}

function conditionsText(conditions: readonly Conditional[]): string {
  const names = (set: boolean): string =>
    conditions
      .filter((one) => one.set === set)
      .map(({ name }) => (name === "cgo" ? name : `tag ${name}`))
      .join(" and ");
  const [on, off] = [names(true), names(false)];
  return [on === "" ? "" : `with ${on}`, off === "" ? "" : `without ${off}`]
    .filter((text) => text !== "")
    .join(" ");
}
