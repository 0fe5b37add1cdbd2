/** Package fmt: what Sprintf and its like write. */
import { encodeRune } from "../bytes.ts";
import { hole, withHoles } from "../lifted.ts";
import type { Machine } from "../machine.ts";
import { itemsOf, load, store } from "../places.ts";
import { bits, combined, type Known, nil, type Origin, text, tuple, unknown, type Value } from "../values.ts";
import { asText, type Standard, type Table } from "./native.ts";
import { quoted } from "./numbers.ts";

/** What a value is shown as, and of what. */
interface Shown {
  readonly text: string;
  readonly origins: readonly Origin[];
}

/** As `%v`; undefined if that is not known. */
function plain(machine: Machine, one: Value, depth = 0): Shown | undefined {
  switch (one.kind) {
    case "text":
      return { text: one.text, origins: [one.origin] };
    case "int":
      return { text: String(one.int), origins: [one.origin] };
    case "bool":
      return { text: String(one.bool), origins: [one.origin] };
    case "nil":
      return { text: "<nil>", origins: [] };
    case "list":
    case "array": {
      const items = one.kind === "list" ? itemsOf(machine, one) : one.items;
      const shown = depth > 2 ? undefined : items?.map((item) => plain(machine, item, depth + 1));
      if (shown === undefined || !shown.every((item) => item !== undefined)) return undefined;
      return {
        text: `[${shown.map((item) => item.text).join(" ")}]`,
        origins: shown.flatMap(({ origins }) => origins),
      };
    }
    default:
      return undefined;
  }
}

const verb = /%([-+# 0]*)(\*|\d+)?(?:\.(\*|\d+))?(?:\[(\d+)\])?(.)/gs;

interface Verb {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly letter: string;
}

function shownAs(machine: Machine, one: Known, { flags, precision, letter }: Verb): Shown | undefined {
  const hasSign = flags.includes("+") || flags.includes("#") || flags.includes(" ");
  if (one.kind === "text" && one.text.includes(hole) && letter !== "s" && letter !== "v")
    return { text: hole, origins: [one.origin] };
  if (hasSign) return undefined;
  switch (letter) {
    case "v":
      return precision === undefined ? plain(machine, one) : undefined;
    case "s": {
      const found = one.kind === "nil" ? undefined : asText(machine, one);
      if (found === undefined)
        return one.kind === "list" && one.type === "s" ? plain(machine, one) : undefined;
      return {
        text: precision === undefined ? found.text : found.text.slice(0, precision),
        origins: [found.origin],
      };
    }
    case "d":
      return one.kind === "int" ? plain(machine, one) : undefined;
    case "t":
      return one.kind === "bool" ? plain(machine, one) : undefined;
    case "c":
      return one.kind === "int" ? { text: encodeRune(one.int), origins: [one.origin] } : undefined;
    case "o":
    case "b":
      return one.kind === "int"
        ? { text: one.int.toString(letter === "o" ? 8 : 2), origins: [one.origin] }
        : undefined;
    case "q": {
      const found = one.kind === "text" ? quoted(one.text) : undefined;
      return found === undefined || one.kind !== "text" ? undefined : { text: found, origins: [one.origin] };
    }
    case "x":
    case "X":
      return inHex(machine, one, letter);
    default:
      return undefined;
  }
}

function inHex(machine: Machine, one: Known, letter: string): Shown | undefined {
  const found = one.kind === "int" || one.kind === "nil" ? undefined : asText(machine, one);
  const digits =
    one.kind === "int"
      ? one.int.toString(16)
      : found && Array.from(found.text, (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
  if (digits === undefined) return undefined;
  const origins = one.kind === "int" ? [one.origin] : found === undefined ? [] : [found.origin];
  return { text: letter === "X" ? digits.toUpperCase() : digits, origins };
}

function padded(shown: string, { flags, width, precision, letter }: Verb): string {
  const digits = precision !== undefined && /[dxXob]/.test(letter) ? withZeros(shown, precision) : shown;
  if (digits.length >= width) return digits;
  if (flags.includes("-")) return digits.padEnd(width);
  return flags.includes("0") && precision === undefined ? withZeros(digits, width) : digits.padStart(width);
}

function withZeros(digits: string, width: number): string {
  return digits.startsWith("-")
    ? `-${digits.slice(1).padStart(width - 1, "0")}`
    : digits.padStart(width, "0");
}

const format = bits("format");

/** As Sprintf; unknown where a verb has no value, or none that is known, or is not among those that are understood. */
export function formatted(machine: Machine, [pattern, ...given]: readonly Known[]): Value {
  if (pattern?.kind !== "text") return unknown;
  const origins: Origin[] = [pattern.origin];
  let next = 0;
  let isKnown = true;
  let isOrdered = true;
  const numberAt = (written: string | undefined): number | undefined => {
    if (written !== "*") return written === undefined ? undefined : Number(written);
    const one = given[next++];
    if (one?.kind !== "int") isKnown = false;
    return one?.kind === "int" ? Number(one.int) : undefined;
  };
  const written = pattern.text.replaceAll(
    verb,
    (_, flags: string, width?: string, precision?: string, place?: string, letter: string = "") => {
      if (letter === "%") return "%";
      const parts: Verb = { flags, width: numberAt(width) ?? 0, precision: numberAt(precision), letter };
      if (place !== undefined) [next, isOrdered] = [Number(place) - 1, false];
      const one = given[next++];
      const shown = one === undefined ? undefined : shownAs(machine, one, parts);
      if (
        shown === undefined ||
        parts.width > machine.limits.size ||
        (parts.precision ?? 0) > machine.limits.size
      ) {
        isKnown = false;
        return "";
      }
      for (const origin of shown.origins) origins.push(origin);
      return padded(shown.text, parts);
    },
  );
  if (!isKnown || (isOrdered && next !== given.length) || written.length > machine.limits.size)
    return unknown;
  if (given.length === 0) return text(written, pattern.origin);
  const all = combined(origins, format);
  return text(written, { by: all.by, pieces: origins.reduce((sum, { pieces }) => sum + pieces, 0) });
}

/** As Sprint, or Sprintln with `lines`. */
function printed(machine: Machine, known: readonly Known[], lines: boolean): Value {
  const shown = known.map((one) => plain(machine, one));
  if (!shown.every((one) => one !== undefined)) return unknown;
  const pieces = shown.map((one, index) => {
    const before = known[index - 1];
    const spaced = lines || (before?.kind !== "text" && known[index]?.kind !== "text");
    return index > 0 && spaced ? ` ${one.text}` : one.text;
  });
  const origins = shown.flatMap((one) => one.origins);
  const all = combined(origins, format);
  return text(pieces.join("") + (lines ? "\n" : ""), {
    by: all.by,
    pieces: origins.reduce((sum, origin) => sum + origin.pieces, 0),
  });
}

type Write = (machine: Machine, given: readonly Value[]) => Value;

const sprintf: Write = (machine, given) => withHoles(given, (...known) => formatted(machine, known));
const sprint: Write = (machine, given) => withHoles(given, (...known) => printed(machine, known, false));
const sprintln: Write = (machine, given) => withHoles(given, (...known) => printed(machine, known, true));

/** What is in a Builder or Buffer stands in its struct under this name. */
export const contentField = "$";

/** Writes at the end of a Builder or Buffer. */
export function writeTo(
  machine: Machine,
  to: Value,
  added: Value,
  join: (a: Value, b: Value) => Value,
): void {
  if (to.kind !== "pointer") return;
  const place = { ...to, path: [...to.path, contentField] };
  store(machine, place, join(load(machine, place, "s"), added));
}

function toWriter(write: Write, join: (machine: Machine, a: Value, b: Value) => Value): Standard {
  return (machine, [to = unknown, ...given]) => {
    writeTo(machine, to, write(machine, given), (a, b) => join(machine, a, b));
    return tuple(unknown, nil);
  };
}

export function formatTable(join: (machine: Machine, a: Value, b: Value) => Value): Table {
  return {
    "fmt.Sprintf": sprintf,
    "fmt.Sprint": sprint,
    "fmt.Sprintln": sprintln,
    "fmt.Fprintf": toWriter(sprintf, join),
    "fmt.Fprint": toWriter(sprint, join),
    "fmt.Fprintln": toWriter(sprintln, join),
  };
}
