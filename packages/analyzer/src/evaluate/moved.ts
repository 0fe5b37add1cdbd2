/** Values in other cells than those that they were made in. */
import type { Cell, FunctionValue, Layer, Value } from "./values.ts";

/** The values that a value consists of. */
export function insides(value: Cell): readonly Value[] {
  switch (value.kind) {
    case "array":
    case "tuple":
    case "items":
      return value.items;
    case "entries":
      return [...value.entries.values()].map(([, one]) => one);
    case "struct":
      return [...value.fields.values()];
    case "either":
      return value.of;
    case "function":
      return "named" in value && value.receiver !== undefined ? [value.receiver] : [];
    default:
      return [];
  }
}

/** The cells that it is in itself. */
export function cellsIn(value: Cell): readonly number[] {
  if (value.kind === "list" || value.kind === "map" || value.kind === "pointer") return [value.at];
  return value.kind === "function" && "code" in value ? [...value.variables.values()] : [];
}

/** The cell that stands for one. */
export type Moved = (at: number) => number;

export function movedValue<T extends Value>(value: T, moved: Moved): T;
export function movedValue(value: Value, moved: Moved): Value {
  switch (value.kind) {
    case "list":
    case "map":
    case "pointer":
      return { ...value, at: moved(value.at) };
    case "array":
    case "tuple":
      return { ...value, items: value.items.map((item) => movedValue(item, moved)) };
    case "struct": {
      const fields = [...value.fields].map(([name, field]) => [name, movedValue(field, moved)] as const);
      return { ...value, fields: new Map(fields) };
    }
    case "either":
      return { ...value, of: value.of.map((one) => movedValue(one, moved)) };
    case "function":
      return movedFunction(value, moved);
    default:
      return value;
  }
}

function movedFunction(value: FunctionValue, moved: Moved): FunctionValue {
  if ("named" in value)
    return value.receiver === undefined ? value : { ...value, receiver: movedValue(value.receiver, moved) };
  const variables = [...value.variables].map(([variable, at]) => [variable, moved(at)] as const);
  return { ...value, variables: new Map(variables) };
}

export function movedCell(cell: Cell, owner: Layer, moved: Moved): Cell {
  if (cell.kind === "items")
    return { ...cell, owner, items: cell.items.map((one) => movedValue(one, moved)) };
  if (cell.kind !== "entries") return movedValue(cell, moved);
  const entries = [...cell.entries].map(
    ([key, [of, value]]) => [key, [of, movedValue(value, moved)]] as const,
  );
  return { ...cell, owner, entries: new Map(entries) };
}

/** As it is now: items and entries are changed where they are. */
export function copied(cell: Cell): Cell {
  if (cell.kind === "items") return { ...cell, items: [...cell.items] };
  return cell.kind === "entries" ? { ...cell, entries: new Map(cell.entries) } : cell;
}
