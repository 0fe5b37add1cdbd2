/** Package strings, and what package bytes has alike. */
import { encodeRune, runes } from "../bytes.ts";
import { listOf } from "../conversions.ts";
import { lifted, withHoles } from "../lifted.ts";
import type { Machine } from "../machine.ts";
import { itemsOf } from "../places.ts";
import {
  bits,
  bool,
  cut,
  int,
  isPartly,
  type Known,
  type List,
  type Native,
  type Text,
  text,
  tuple,
  unknown,
  type Value,
} from "../values.ts";
import { asText, made, of, ofTexts, remade, type Standard, small, type Table } from "./native.ts";

const [join, replace, split, repeat] = [bits("join"), bits("replace"), bits("split"), bits("repeat")];
const space = " \t\n\v\f\r";

function asciiCase(change: (letter: string) => string): Standard {
  return ofTexts((one) => {
    const changed = one.text.replaceAll(/[A-Za-z]/g, change);
    // Letters that are not ASCII are left to whoever knows Unicode.
    return isAscii(one.text) ? remade(one, changed) : unknown;
  });
}

function isAscii(of: string): boolean {
  // oxlint-disable-next-line no-control-regex
  return /^[\0-\x7f]*$/.test(of);
}

function trimmed(one: Text, cut: string, sides: "both" | "left" | "right"): Value {
  if (!isAscii(cut)) return unknown;
  let [from, to] = [0, one.text.length];
  const isCut = (at: number) => from < to && cut.includes(one.text.charAt(at));
  if (sides !== "right") while (isCut(from)) from++;
  if (sides !== "left") while (isCut(to - 1)) to--;
  return remade(one, one.text.slice(from, to));
}

function trims(sides: "both" | "left" | "right"): Standard {
  return ofTexts((one, cut) => (cut === undefined ? unknown : trimmed(one, cut.text, sides)));
}

function replaced(one: Text, [old, fresh]: readonly [Text, Text], count: number): Value {
  if (old.text === "") return unknown;
  const parts = one.text.split(old.text);
  if (parts.length === 1) return one;
  const cuts = count < 0 ? parts.length - 1 : Math.min(count, parts.length - 1);
  const head = parts.slice(0, cuts + 1).join(fresh.text);
  const changed = [head, ...parts.slice(cuts + 1)].join(old.text);
  return made(changed, fresh.text === "" ? [one] : [one, fresh], replace);
}

/** The parts of a text as a list. */
function parts(machine: Machine, one: Text, all: readonly string[]): Value {
  return listOf(
    machine,
    all.map((part) => remade(one, part, split)),
    "s",
  );
}

function splitBy(machine: Machine, known: readonly Known[], { after = false, limited = false }): Value {
  const [one, separator] = known.slice(0, 2).map((each) => asText(machine, each));
  const count = limited ? small(known[2]) : -1;
  if (one === undefined || separator === undefined || count === undefined) return unknown;
  if (separator.text === "") {
    if (limited && count >= 0) return unknown;
    return parts(
      machine,
      one,
      [...runes(one.text)].map(({ at, size }) => one.text.slice(at, at + size)),
    );
  }
  if (count === 0) return { kind: "nil" };
  const all = one.text.split(separator.text);
  const whole = count < 0 ? all : [...all.slice(0, count - 1), all.slice(count - 1).join(separator.text)];
  const kept = count < 0 || all.length < count ? all : whole;
  return parts(
    machine,
    one,
    after ? kept.map((part, index) => (index < kept.length - 1 ? part + separator.text : part)) : kept,
  );
}

/** The texts in a list; undefined if one is not known. */
export function textsOf(machine: Machine, list: List): Text[] | undefined {
  const texts = itemsOf(machine, list)?.map((item) =>
    item.kind === "unknown" || item.kind === "either" ? undefined : asText(machine, item),
  );
  return texts?.every((one) => one !== undefined) === true ? texts : undefined;
}

/** A list of texts put together. */
export function joinedTexts(machine: Machine, list: Known | undefined, separator: Text | undefined): Value {
  if (list?.kind === "nil") return text("");
  const texts = list?.kind === "list" ? textsOf(machine, list) : undefined;
  if (texts === undefined || separator === undefined) return unknown;
  const used = separator.text === "" ? texts : [...texts, separator];
  const length = texts.reduce((sum, one) => sum + one.text.length + separator.text.length, 0);
  if (length > machine.limits.size) return unknown;
  return made(texts.map((one) => one.text).join(separator.text), used, join);
}

/** Of items that are all texts. */
function joinedAll(machine: Machine, items: readonly Known[], separator: Text): Value {
  const texts = items.flatMap((one) => asText(machine, one) ?? []);
  const length = texts.reduce((sum, one) => sum + one.text.length + separator.text.length, 0);
  if (texts.length < items.length || length > machine.limits.size) return unknown;
  return made(texts.map((one) => one.text).join(separator.text), [...texts, separator], join);
}

const mapped: Standard = (machine, [fn, given]) => {
  const one = given?.kind === "text" || given?.kind === "list" ? asText(machine, given) : undefined;
  if (fn?.kind !== "function" || one === undefined) return unknown;
  let bytes = "";
  for (const { point } of runes(one.text)) {
    const rune = machine.callFunction(machine, fn, {
      given: [int(point, one.origin)],
      spread: false,
    });
    if (rune.kind !== "int") return unknown;
    if (rune.int >= 0n) bytes += encodeRune(rune.int);
  }
  return remade(one, bytes, replace);
};

/** Of each rune of a text whether a function holds; undefined if that is not known of all. */
function holdsOf(machine: Machine, fn: Value | undefined, bytes: string): boolean[] | undefined {
  if (fn?.kind !== "function") return undefined;
  const found: boolean[] = [];
  for (const { point } of runes(bytes)) {
    const holds = machine.callFunction(machine, fn, { given: [int(point)], spread: false });
    if (holds.kind !== "bool") return undefined;
    found.push(holds.bool);
  }
  return found;
}

const fieldsFunc: Standard = (machine, [given, fn]) => {
  const holds = given?.kind === "text" ? holdsOf(machine, fn, given.text) : undefined;
  if (given?.kind !== "text" || holds === undefined) return unknown;
  const fields = [""];
  [...runes(given.text)].forEach(({ at, size }, index) => {
    if (holds[index] === true) fields.push("");
    else fields[fields.length - 1] += given.text.slice(at, at + size);
  });
  return parts(
    machine,
    given,
    fields.filter((part) => part !== ""),
  );
};

function trimsFunc(sides: "both" | "left" | "right"): Standard {
  return (machine, [given, fn]) => {
    const holds = given?.kind === "text" ? holdsOf(machine, fn, given.text) : undefined;
    if (given?.kind !== "text" || holds === undefined) return unknown;
    const kept = [...runes(given.text)];
    let [from, to] = [0, kept.length];
    if (sides !== "right") while (from < to && holds[from] === true) from++;
    if (sides !== "left") while (from < to && holds[to - 1] === true) to--;
    const written = kept.slice(from, to).map(({ at, size }) => given.text.slice(at, at + size));
    return remade(given, written.join(""));
  };
}

const replacer: Standard = (_, given) => {
  const texts = given.filter((one): one is Text => one.kind === "text");
  if (texts.length < given.length) return unknown;
  return { kind: "native", name: "replacer", parts: texts.map((one) => one.text) };
};

/** Pairs are compared in the order in which they are given, at each place. */
export function withReplacer({ parts: pairs }: Native, one: Text): Value {
  let bytes = "";
  if (pairs.length % 2 !== 0 || pairs.some((part, index) => index % 2 === 0 && part === "")) return unknown;
  for (let at = 0; at < one.text.length; ) {
    const index = pairs.findIndex((part, place) => place % 2 === 0 && one.text.startsWith(part, at));
    bytes += index < 0 ? one.text.charAt(at) : (pairs[index + 1] ?? "");
    at += index < 0 ? 1 : (pairs[index]?.length ?? 1);
  }
  return remade(one, bytes, replace);
}

const firstLetters = /(^|[^A-Za-z0-9_'])([a-z])/g;

/** By the name in package strings. Those that are not in `only` are in package bytes too. */
export const strings: Table = {
  ReplaceAll: ofTexts((one, old, fresh) =>
    old === undefined || fresh === undefined ? unknown : replaced(one, [old, fresh], -1),
  ),
  Replace: of((machine, ...known) => {
    const [one, old, fresh] = known.slice(0, 3).map((each) => asText(machine, each));
    const count = small(known[3]);
    if (one === undefined || old === undefined || fresh === undefined || count === undefined) return unknown;
    return replaced(one, [old, fresh], count);
  }),
  Split: of((machine, ...known) => splitBy(machine, known, {})),
  SplitN: of((machine, ...known) => splitBy(machine, known, { limited: true })),
  SplitAfter: of((machine, ...known) => splitBy(machine, known, { after: true })),
  Fields: of((machine, one) => {
    const found = one === undefined ? undefined : asText(machine, one);
    if (found === undefined || !isAscii(found.text)) return unknown;
    return parts(
      machine,
      found,
      found.text.split(/[ \t\n\v\f\r]+/).filter((part) => part !== ""),
    );
  }),
  Join: (machine, [list = unknown, separator = unknown]) => {
    const items = list.kind === "list" ? itemsOf(machine, list) : undefined;
    if (items === undefined || !items.some(isPartly))
      return lifted([list, separator], (one, between) =>
        joinedTexts(machine, one, between && asText(machine, between)),
      );
    return withHoles([separator, ...items], (between, ...all) =>
      between?.kind === "text" ? joinedAll(machine, all, between) : unknown,
    );
  },
  Repeat: of((machine, given, times) => {
    const [one, count] = [given && asText(machine, given), small(times)];
    if (one === undefined || count === undefined || count < 0) return unknown;
    return one.text.length * count > machine.limits.size ? cut : remade(one, one.text.repeat(count), repeat);
  }),
  ToLower: asciiCase((letter) => letter.toLowerCase()),
  ToUpper: asciiCase((letter) => letter.toUpperCase()),
  Title: ofTexts((one) =>
    isAscii(one.text)
      ? remade(
          one,
          one.text.replaceAll(
            firstLetters,
            (_, before: string, letter: string) => before + letter.toUpperCase(),
          ),
        )
      : unknown,
  ),
  TrimSpace: ofTexts((one) => (isAscii(one.text) ? trimmed(one, space, "both") : unknown)),
  Trim: trims("both"),
  TrimLeft: trims("left"),
  TrimRight: trims("right"),
  TrimPrefix: ofTexts((one, prefix) =>
    prefix !== undefined && one.text.startsWith(prefix.text)
      ? remade(one, one.text.slice(prefix.text.length))
      : one,
  ),
  TrimSuffix: ofTexts((one, suffix) =>
    suffix !== undefined && one.text.endsWith(suffix.text)
      ? remade(one, one.text.slice(0, one.text.length - suffix.text.length))
      : one,
  ),
  Index: ofTexts((one, part) => int(one.text.indexOf(part?.text ?? ""))),
  LastIndex: ofTexts((one, part) => int(one.text.lastIndexOf(part?.text ?? ""))),
  IndexByte: of((machine, one, byte) => {
    const found = one && asText(machine, one);
    const value = small(byte);
    return found === undefined || value === undefined
      ? unknown
      : int(found.text.indexOf(String.fromCharCode(value)));
  }),
  Contains: ofTexts((one, part) => bool(one.text.includes(part?.text ?? ""))),
  HasPrefix: ofTexts((one, part) => bool(one.text.startsWith(part?.text ?? ""))),
  HasSuffix: ofTexts((one, part) => bool(one.text.endsWith(part?.text ?? ""))),
  Count: ofTexts((one, part) =>
    part === undefined || part.text === "" ? unknown : int(one.text.split(part.text).length - 1),
  ),
  EqualFold: ofTexts((one, other) =>
    other !== undefined && isAscii(one.text + other.text)
      ? bool(one.text.toLowerCase() === other.text.toLowerCase())
      : unknown,
  ),
  Cut: ofTexts((one, separator) => {
    const at = one.text.indexOf(separator?.text ?? "");
    if (at < 0) return tuple(one, text(""), bool(false));
    const rest = one.text.slice(at + (separator?.text.length ?? 0));
    return tuple(remade(one, one.text.slice(0, at), split), remade(one, rest, split), bool(true));
  }),
  Clone: ofTexts((one) => one),
  Map: mapped,
  FieldsFunc: fieldsFunc,
  TrimFunc: trimsFunc("both"),
  TrimLeftFunc: trimsFunc("left"),
  TrimRightFunc: trimsFunc("right"),
  NewReplacer: replacer,
};

/** Names in package strings whose like in package bytes has no string as its result, or is not there. */
export const notInBytes: ReadonlySet<string> = new Set([
  "NewReplacer",
  "Cut",
  "Split",
  "SplitN",
  "SplitAfter",
  "Fields",
  "FieldsFunc",
  "TrimFunc",
  "TrimLeftFunc",
  "TrimRightFunc",
]);
