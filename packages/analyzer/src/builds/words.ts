import type { Formula } from "./formula.ts";
import { knownArchitectures, knownSystems } from "./ports.ts";

/** A formula in words for people: `all builds`, `windows`, `linux/amd64 and darwin`, `all but windows`, `linux with cgo`. */
export function wordsOf(formula: Formula): string {
  switch (formula.kind) {
    case "all":
      return "all builds";
    case "none":
      return "no build";
    case "tag":
      return isPlace(formula) ? formula.name : condition(formula);
    case "not":
      return isPlace(formula.operand) || onlyPlaces(formula.operand)
        ? `all but ${wordsOf(formula.operand)}`
        : condition(formula);
    case "or":
      return list(
        formula.operands.map(wordsOf),
        formula.operands.some((one) => one.kind === "and"),
      );
    case "and":
      return conjunction(formula.operands);
    default:
      return formula satisfies never;
  }
}

function isPlace(formula: Formula): boolean {
  return (
    formula.kind === "tag" &&
    (formula.name === "unix" || isSystem(formula.name) || isArchitecture(formula.name))
  );
}

function isSystem(name: string): boolean {
  return knownSystems.has(name);
}

function isArchitecture(name: string): boolean {
  return knownArchitectures.has(name);
}

function onlyPlaces(formula: Formula): boolean {
  if (formula.kind === "or" || formula.kind === "and") return formula.operands.every(onlyPlaces);
  return isPlace(formula);
}

/** Joined by `and`: what holds in several builds holds in the one and in the other. */
function list(items: readonly string[], long: boolean): string {
  const last = items[items.length - 1] ?? "";
  const separator = long ? ", and " : " and ";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")}${separator}${last}`;
}

/** The place first (`linux/amd64`), then what it is with and without. */
function conjunction(operands: readonly Formula[]): string {
  const systems = operands.filter((one) => one.kind === "tag" && (isSystem(one.name) || one.name === "unix"));
  const architectures = operands.filter((one) => one.kind === "tag" && isArchitecture(one.name));
  const others = operands.filter((one) => !systems.includes(one) && !architectures.includes(one));
  const place = [...systems, ...architectures].map(wordsOf).join("/");
  const conditions = others.map(condition).join(" and ");
  if (place === "") return conditions;
  return conditions === "" ? place : `${place} ${conditions}`;
}

function condition(formula: Formula): string {
  if (formula.kind === "tag") return formula.name === "cgo" ? "with cgo" : `with tag ${formula.name}`;
  if (formula.kind === "not" && formula.operand.kind === "tag") {
    const { name } = formula.operand;
    if (isPlace(formula.operand)) return `but ${name}`;
    return name === "cgo" ? "without cgo" : `without tag ${name}`;
  }
  return `in (${wordsOf(formula)})`;
}
