/** Addresses: package net/url, net.JoinHostPort, requests with the address that they are for. */
import { hole, partly, withHoles } from "../lifted.ts";
import { type Machine, newCell } from "../machine.ts";
import { load } from "../places.ts";
import {
  alternatives,
  bits,
  combined,
  either,
  failure,
  type Known,
  nil,
  type Origin,
  type Partial,
  restOf,
  type Struct,
  type Text,
  text,
  tuple,
  unknown,
  unknownOf,
  type Value,
  withOperation,
} from "../values.ts";
import { escapes, unescaped } from "./escapes.ts";
import { made, ofSome, ofTexts, type Standard, type Table } from "./native.ts";
import { clean } from "./paths.ts";
import { valuesTable } from "./url-values.ts";

const [join, concatenation] = [bits("join"), bits("concatenation")];
const nothing: Origin = { by: 0, pieces: 0 };

/** Fields of url.URL in the order in which they are written. */
const fields = ["Scheme", "User", "Host", "Path", "RawQuery", "Fragment"] as const;

const written =
  /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(?:\/\/(?:([^/?#]*)@)?([^/?#@]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/su;

/** The parts of an address; the address may have holes. */
function parsed(machine: Machine, one: Text | Partial): Value {
  const parts = written.exec(one.text);
  if (parts === null) return unknown;
  const values = fields.flatMap((name, index) => {
    const part = parts[index + 1];
    if (part === undefined || part === "") return [];
    const value = partly(text(part, one.origin), one.kind === "partial" && one.handed);
    // Who it is for is no text in a URL.
    return [[name, name === "User" ? unknown : value] as const];
  });
  return addressed(machine, { kind: "struct", named: "net/url.URL", fields: new Map(values) });
}

function addressed(machine: Machine, struct: Struct): Value {
  return { kind: "pointer", at: newCell(machine, struct), path: [] };
}

/** The URLs that a text may be. */
function parsedAll(machine: Machine, given: Value): Value {
  const found = alternatives(given).map((one) =>
    one.kind === "text" || one.kind === "partial" ? parsed(machine, one) : unknown,
  );
  const isOpen = found.length === 0 || restOf(given) !== undefined;
  return either(isOpen ? [...found, unknownOf([given])] : found);
}

function structOf(machine: Machine, one: Value): Struct | undefined {
  const held = one.kind === "pointer" ? load(machine, one) : one;
  return held.kind === "struct" ? held : undefined;
}

/** A url.URL, or a pointer to one, as it is written. */
export function addressOf(machine: Machine, url: Value): Value {
  const all = alternatives(url).map((one): Value => {
    const struct = structOf(machine, one);
    if (struct === undefined || struct.fields.has("Opaque")) return unknown;
    const parts = fields.map((name) => {
      const part = struct.fields.get(name) ?? nil;
      return part.kind === "nil" ? text("", nothing) : part;
    });
    return withHoles(parts, (...known) => composed(known));
  });
  return all.length === 0 ? unknownOf([url]) : either(all);
}

function composed(known: readonly Known[]): Value {
  const texts = known.filter((one) => one.kind === "text");
  if (texts.length < known.length) return unknown;
  const [scheme = "", user = "", host = "", path = "", query = "", fragment = ""] = texts.map(
    (one) => one.text,
  );
  const at = user === "" ? host : `${user}@${host}`;
  const slash = path !== "" && at !== "" && !path.startsWith("/") && !path.startsWith(hole) ? "/" : "";
  const all = [
    scheme === "" ? "" : `${scheme}:`,
    at === "" ? "" : `//${at}`,
    slash + path,
    query === "" ? "" : `?${query}`,
    fragment === "" ? "" : `#${fragment}`,
  ].join("");
  const full = texts.filter((one) => one.text !== "");
  const origins = full.map((one) => one.origin);
  return text(all, combined(origins, new Set(origins).size > 1 ? concatenation : 0));
}

/** A slash path behind another one. */
function joinedPath(base: Value, parts: readonly Value[]): Value {
  return withHoles([base, ...parts], (...known) => {
    const texts = known.filter((one) => one.kind === "text");
    if (texts.length < known.length) return unknown;
    const [first, ...rest] = texts;
    if (first === undefined) return unknown;
    const [, head = "", tail = ""] = /^([a-zA-Z][\w+.-]*:\/\/[^/]*)?(.*)$/su.exec(first.text) ?? [];
    const path = clean([tail === "" ? "/" : tail, ...rest.map((one) => one.text)].join("/"));
    return made(head + (head !== "" && !path.startsWith("/") ? "/" : "") + path, texts, join);
  });
}

const joinPath: Standard = (machine, given, receiver) => {
  const struct = structOf(machine, receiver);
  if (struct === undefined) return unknown;
  const path = joinedPath(struct.fields.get("Path") ?? text("", nothing), given);
  return addressed(machine, { ...struct, fields: new Map(struct.fields).set("Path", path) });
};

/** Under this name a request has the address that it was made with. */
const firstAddress = "$";

function request(place: number): Standard {
  return (machine, given) => {
    const address = given[place] ?? unknown;
    const fresh: Struct = {
      kind: "struct",
      named: "net/http.Request",
      fields: new Map([
        ["URL", parsedAll(machine, address)],
        [firstAddress, address],
      ]),
    };
    return tuple(addressed(machine, fresh), nil);
  };
}

/**
 * The address of a request, which a reader is told of; undefined if it is no request, or the address is the one that it was
 * made with, of which the call that made it tells.
 */
export function requestAddress(machine: Machine, one: Known): Value | undefined {
  const struct = structOf(machine, one);
  if (struct?.named !== "net/http.Request") return undefined;
  const address = addressOf(machine, struct.fields.get("URL") ?? nil);
  const first = alternatives(struct.fields.get(firstAddress) ?? unknown);
  const known = first.map((value) => (value.kind === "text" || value.kind === "partial" ? value.text : ""));
  const fresh = alternatives(address).filter(
    (value) => (value.kind === "text" || value.kind === "partial") && !known.includes(value.text),
  );
  return fresh.length === 0 ? undefined : either(fresh);
}

/** What a url.URL, or a pointer to one, stands for; undefined of others. */
export function urlAddress(machine: Machine, one: Known): Value | undefined {
  return structOf(machine, one)?.named === "net/url.URL" ? addressOf(machine, one) : undefined;
}

/** What an environment variable holds is a hole. */
const expandEnv: Standard = (_, [given = unknown]) => {
  if (given.kind !== "text") return unknown;
  return partly(text(given.text.replaceAll(/\$(?:\{\w*\}|\w+)/gu, hole), given.origin), false);
};

export const addresses: Table = {
  "net.JoinHostPort": ofSome((_, host, port) => {
    if (host?.kind !== "text" || port?.kind !== "text") return unknown;
    const inside = /[:%]/.test(host.text) ? `[${host.text}]` : host.text;
    return text(`${inside}:${port.text}`, {
      by: host.origin.by | port.origin.by | join,
      pieces: host.origin.pieces + port.origin.pieces,
    });
  }),
  "net/url.Parse": (machine, [given = unknown]) => tuple(parsedAll(machine, given), nil),
  "net/url.ParseRequestURI": (machine, [given = unknown]) => tuple(parsedAll(machine, given), nil),
  "(*net/url.URL).String": (machine, _, receiver) => addressOf(machine, receiver),
  "(*net/url.URL).JoinPath": joinPath,
  "net/url.JoinPath": (_, [base = unknown, ...parts]) => tuple(joinedPath(base, parts), nil),
  "net/url.QueryEscape": ofSome((_, one) => (one?.kind === "text" ? escapes.query(one) : unknown)),
  "net/url.PathEscape": ofSome((_, one) => (one?.kind === "text" ? escapes.path(one) : unknown)),
  "net/url.QueryUnescape": ofTexts((one) => unescapedUrl(one.text.replaceAll("+", " "), one.origin)),
  "net/url.PathUnescape": ofTexts((one) => unescapedUrl(one.text, one.origin)),
  "net/http.NewRequest": request(1),
  "net/http.NewRequestWithContext": request(2),
  "os.ExpandEnv": expandEnv,
  ...valuesTable,
};

function unescapedUrl(from: string, origin: Origin): Value {
  const bytes = unescaped(from);
  return bytes === undefined
    ? tuple(unknown, failure)
    : tuple(text(bytes, bytes === from ? origin : withOperation(origin, bits("hex"))), nil);
}
